#include "base/result.h"

namespace sigvet {

std::string ToString(const Place& place) {
  std::string text = place.file;
  if (place.line != 0) text += ":" + std::to_string(place.line);
  if (place.line != 0 && place.column != 0) text += ":" + std::to_string(place.column);
  return text;
}

std::string ToString(const Error& error) {
  std::string text = ToString(error.place);
  if (!text.empty()) text += ": ";
  text += error.message;
  if (!error.hint.empty()) text += " (" + error.hint + ")";
  return text;
}

}  // namespace sigvet
