#include "harness/subject/defect_subject.h"

#include <new>
#include <string>
#include <utility>

#include "harness/subject/case_derivation.h"

namespace sigvet {
namespace {

class DefectSubject : public Subject {
 public:
  DefectSubject(std::unique_ptr<Backend> backend, const AppliedDefect& defect)
      : backend_(std::move(backend)), explanation_{{defect}} {}

  Answer Evaluate(const Case& c) override {
    try {
      return Derive(c);
    } catch (const BackendError& error) {
      return {Answer::Kind::kError, {}, error.what()};
    } catch (const std::bad_alloc&) {
      return {Answer::Kind::kError, {}, "out of memory"};
    }
  }

 private:
  Answer Derive(const Case& c) {
    const Defect& defect = *explanation_.defects.front().defect;
    const auto unsupported = [&] {
      return Answer{Answer::Kind::kUnsupported,
                    {},
                    std::string(defect.id) + " is no defect of " + std::string(c.operation->name)};
    };
    if (!IsDerivation(*c.operation)) return unsupported();
    const auto derivation = CaseDerivation::Create(*backend_, c);
    if (!derivation) return {Answer::Kind::kRefused, {}, derivation.error().message};
    if (!(*derivation)->Has(defect.part)) return unsupported();
    return {Answer::Kind::kOutput, (*derivation)->StagesWith(explanation_), {}};
  }

  std::unique_ptr<Backend> backend_;
  Explanation explanation_;
};

}  // namespace

std::unique_ptr<Subject> MakeDefectSubject(std::unique_ptr<Backend> backend,
                                           const AppliedDefect& defect) {
  return std::make_unique<DefectSubject>(std::move(backend), defect);
}

}  // namespace sigvet
