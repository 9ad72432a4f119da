#pragma once

#include "harness/corpus/file_parser.h"

namespace sigvet {

/// What the corpus needs of a file whose cases another shard has: its digest, and the suite, whose
/// name is empty where it does not stand at the file's beginning as it should. No cases, and no
/// errors but that the file can't be read. A file is not held in memory. `hasher` computes the
/// digest where that is of several files.
ParsedFile SkimFile(const CorpusSource& source, Backend& hasher);

}  // namespace sigvet
