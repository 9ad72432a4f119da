#include "bench/forms/form.h"

#include <utility>

#include "backends/backend_registry.h"

namespace sigvet {

Form::Form(std::string_view backend) {
  BackendResult made = MakeBackend(backend);
  if (!made) throw BackendError(made.error().message);
  best_ = *std::move(made);
}

}  // namespace sigvet
