#error "not the header of sigvet that has this name: this is one of the project that uses it"
