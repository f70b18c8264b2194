// SPDX-License-Identifier: MIT
#include "contract/component_check.hpp"

#include <fmt/ranges.h>

#include <chrono>
#include <map>
#include <new>

#include "contract/items.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::suite {

namespace {

using contract::Result;

// How an item ended in one setting.
struct Outcome {
  std::optional<Verdict> verdict;  ///< nothing where the component says that it is not for this
  std::string message;
};

std::string joined(const Error& error) {
  std::string text;
  for (const Problem& problem : error.problems()) {
    if (!text.empty()) text += '\n';
    text += problem.place.empty() ? problem.message : problem.place + ": " + problem.message;
  }
  return text;
}

Outcome outcome(const SuiteItem& item, const Case& one) {
  try {
    return Outcome{Verdict::passed, item.check(one)};
  } catch (const Refused& refused) {
    return Outcome{std::nullopt, refused.why};
  } catch (const Ended& ended) {
    return Outcome{ended.verdict, ended.what()};
  } catch (const Error& error) {
    return Outcome{Verdict::failed, joined(error)};
  } catch (const std::bad_alloc& error) {  // says in which call
    return Outcome{Verdict::failed, error.what()};
  } catch (const std::exception& error) {
    const std::string text = error.what();
    return Outcome{Verdict::failed, "throws: " + text.substr(0, text.find('\n'))};
  } catch (...) {
    return Outcome{Verdict::failed, "throws something that is no std::exception"};
  }
}

std::string where(const Variant& variant, const Use& use) {
  if (variant.name.empty()) return use.name;
  return use.name.empty() ? variant.name : variant.name + "; " + use.name;
}

class ComponentCheck {
 public:
  ComponentCheck(const Subject& subject, const std::string& name, const Listener& listener)
      : subject_(subject), name_(name), listener_(listener) {}

  void run() {
    for (const SuiteItem& item : items()) {
      const bool asked = std::ranges::find(item.kinds, subject_.kind) != item.kinds.end();
      if (!asked) continue;
      listener_.begins(name_, item.name);
      const auto begun = std::chrono::steady_clock::now();
      Result result = result_of(item);
      const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun;
      result.seconds = passed.count();
      listener_.ends(result);
    }
  }

 private:
  // A schema that no parameters fit is told by each item that needs some.
  Result result_of(const SuiteItem& item) {
    try {
      return check(item);
    } catch (const Error& error) {
      return failed(item, {Verdict::failed, joined(error)}, "");
    }
  }

  Result check(const SuiteItem& item) {
    Result result{name_, item.name, Verdict::not_applicable, ""};
    std::vector<std::string> refused;
    std::size_t asked = 0;
    std::string why;
    for (const Variant& variant : settings()) {
      if (variant.reach > item.reach) continue;
      bool is_refused = true;
      for (const Use& use : subject_.uses()) {
        const Outcome found = outcome(item, Case(subject_, variant.parameters, use));
        if (found.verdict == Verdict::failed) return failed(item, found, where(variant, use));
        if (found.verdict) take(result, found, where(variant, use));
        if (!found.verdict && why.empty()) why = found.message;
        is_refused &= !found.verdict.has_value();
      }
      ++asked;
      if (is_refused) refused.push_back(variant.name);
    }
    if (refused.size() == asked) return none_asked(item, why);
    if (item.reach == Reach::end && !refused.empty()) result.message = refusals(refused);
    return result;
  }

  // Of settings that do not go together, what a person should know once.
  static std::string refusals(const std::vector<std::string>& refused) {
    const std::size_t told = std::min<std::size_t>(refused.size(), 3);
    return fmt::format("refuses {}{}",
                       fmt::join(refused.begin(), refused.begin() + static_cast<std::ptrdiff_t>(told), "; "),
                       refused.size() > told ? fmt::format("; and {} more", refused.size() - told) : "");
  }

  // What is known of all settings so far: one that passed counts for those that were passed over.
  static void take(Result& result, const Outcome& found, const std::string& where) {
    const bool is_better =
        result.verdict == Verdict::not_applicable && found.verdict != Verdict::not_applicable;
    const bool is_worse = found.verdict == Verdict::warned && result.verdict != Verdict::warned;
    if (!is_better && !is_worse && !result.message.empty()) return;
    if (!is_better && !is_worse && found.verdict != result.verdict) return;
    result.verdict = *found.verdict;
    result.message = found.message;
    if (found.verdict == Verdict::warned && !where.empty()) result.message += " (" + where + ")";
  }

  Result failed(const SuiteItem& item, const Outcome& found, const std::string& where) {
    const auto [first, is_new] = failures_.emplace(found.message, item.name);
    if (!is_new) return {name_, item.name, Verdict::not_run, "fails as `" + first->second + "` does"};
    return {name_, item.name, Verdict::failed,
            where.empty() ? found.message : fmt::format("{} (with {})", found.message, where)};
  }

  // A component that says of everything that it is not for it.
  Result none_asked(const SuiteItem& item, const std::string& why) {
    return failed(item, {Verdict::failed, "refuses its own defaults for every use: " + why}, "");
  }

  const std::vector<Variant>& settings() {
    if (settings_.empty()) settings_ = variants(subject_.info().schema);
    return settings_;
  }

  const Subject& subject_;
  const std::string& name_;
  const Listener& listener_;
  std::vector<Variant> settings_;
  std::map<std::string, std::string> failures_;  // message → the item that failed with it first
};

}  // namespace

void check_component(const Subject& subject, const std::string& name, const Listener& listener) {
  ComponentCheck(subject, name, listener).run();
}

}  // namespace spanlab::host::suite
