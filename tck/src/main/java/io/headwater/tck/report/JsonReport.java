package io.headwater.tck.report;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Limits;
import io.headwater.tck.GroupResult;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.TckReport;
import io.headwater.tck.TckRun;
import io.headwater.tck.TestedStore;
import io.headwater.tck.rule.Operation;
import io.headwater.tck.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report for programs. */
final class JsonReport {
    private JsonReport() {}

    static String of(TckReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", ReportFormat.JSON_FORMAT);
        json.put("store", store(report.store()));
        json.put("run", run(report.run()));
        report.fixtureProblem().ifPresent(problem -> json.put("setUpProblem", problem));
        json.put("conformant", report.provesConformance());
        json.put("notTried", notTried(report));
        json.put("notAsDeclared", notAsDeclared(report));
        json.put("counts", counts(report));
        json.put("leftOut", report.leftOut());
        json.put("rules", rules(report));
        return JsonText.of(json) + "\n";
    }

    private static Map<String, Object> store(TestedStore store) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("backend", store.backend());
        store.configuration().ifPresent(url -> json.put("configuration", url));
        store.capabilities().ifPresent(declared -> capabilities(declared, json));
        return json;
    }

    private static void capabilities(Capabilities declared, Map<String, Object> json) {
        Map<String, Object> support = new LinkedHashMap<>();
        for (Capability capability : Capability.values()) {
            support.put(capability.name(), declared.support(capability));
        }
        json.put("capabilities", support);
        json.put("idempotency", declared.idempotency());
        json.put("logVisibilityMillis", declared.logVisibility().bound().toMillis());
        json.put("limits", limits(declared.limits()));
        declared.reservedPrefix().ifPresent(prefix -> json.put("reservedPrefix", prefix));
    }

    private static Map<String, Object> limits(Limits limits) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("maxEventBytes", limits.maxEventBytes());
        json.put("maxEventsPerAppend", limits.maxEventsPerAppend());
        json.put("maxAppendBytes", limits.maxAppendBytes());
        json.put("maxStreamsPerAppend", limits.maxStreamsPerAppend());
        return json;
    }

    /** The seed as a text: many programs take numbers for floating-point ones, which have not enough digits. */
    private static Map<String, Object> run(TckRun run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("headwater", run.headwater());
        json.put("java", run.java());
        json.put("virtualThreads", run.virtualThreads());
        json.put("profile", run.profile());
        json.put("seed", Long.toString(run.seed()));
        json.put("started", run.started());
        json.put("millis", run.took().toMillis());
        return json;
    }

    private static List<Object> notTried(TckReport report) {
        List<Object> named = new ArrayList<>();
        report.named().forEach((reason, rules) -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("reason", reason);
            json.put("rules", rules.stream().map(result -> result.rule().id()).toList());
            named.add(json);
        });
        return named;
    }

    private static List<Object> notAsDeclared(TckReport report) {
        List<Object> found = new ArrayList<>();
        report.falseDeclarations().forEach((name, seen) -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("declaration", name);
            json.put("seenBy", seen.stream().map(result -> result.rule().id()).toList());
            json.put("message", seen.get(0).falseDeclarations().getOrDefault(name, ""));
            found.add(json);
        });
        return found;
    }

    private static Map<String, Object> counts(TckReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            json.put(status.name(), report.with(status).size());
        }
        return json;
    }

    private static List<Object> rules(TckReport report) {
        List<Object> rules = new ArrayList<>();
        for (GroupResult group : report.groups()) {
            group.results().forEach(result -> rules.add(rule(group.name(), result)));
        }
        return rules;
    }

    private static Map<String, Object> rule(String group, RuleResult result) {
        Rule rule = result.rule();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", rule.id());
        json.put("group", group);
        json.put("level", rule.level());
        json.put("kind", rule.kind());
        json.put("sentence", rule.sentence());
        json.put("requires", rule.capabilities().stream().sorted().toList());
        json.put("needs", rule.needs().stream().sorted().toList());
        json.put("status", result.status());
        json.put("millis", result.took().toMillis());
        if (!result.message().isEmpty()) {
            json.put("message", result.message());
        }
        if (result.isBroken()) {
            json.put(
                    "operations",
                    result.operations().stream().map(JsonReport::operation).toList());
        }
        return json;
    }

    private static Map<String, Object> operation(Operation operation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", operation.number());
        json.put("store", operation.store());
        json.put("operation", operation.name());
        json.put("arguments", operation.arguments());
        json.put("startMicros", operation.begun().toNanos() / 1000);
        json.put("endMicros", operation.ended().toNanos() / 1000);
        json.put("outcome", operation.outcome());
        json.put("threw", operation.threw());
        return json;
    }
}
