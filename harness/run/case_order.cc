#include "harness/run/case_order.h"

#include <numeric>
#include <random>
#include <utility>

namespace sigvet {

std::vector<std::uint32_t> CaseOrder(std::size_t count, unsigned round) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  if (round == 0) return order;
  // By Fisher and Yates. std::shuffle gives another order with every standard library.
  std::mt19937_64 random(round);
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  return order;
}

}  // namespace sigvet
