package io.headwater.project.documentation;

import static java.util.stream.Collectors.joining;

import io.headwater.project.Project;
import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.report.Markdown;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which classes of the TCK check which rules of the contract. */
final class RuleClasses {
    private static final String CATALOGUE = Catalogue.class.getPackageName();
    private static final Pattern IN_CONTRACT =
            Pattern.compile("(?m)^- <a id=\"[a-z]\\d+\"></a>\\*\\*([A-Z]\\d+)\\*\\*");

    private RuleClasses() {}

    /** A row for each rule that has checks: the contract's in its order, then those of facets that it describes without an id. */
    static String table() {
        Map<String, Set<String>> classes = classes();
        Markdown.Table table = new Markdown.Table(List.of("rule", "classes"));
        List<String> contract = IN_CONTRACT
                .matcher(Project.read(Project.ROOT.resolve("docs/contract.md")))
                .results()
                .map(rule -> rule.group(1))
                .toList();
        Stream.concat(contract.stream(), classes.keySet().stream().filter(rule -> !contract.contains(rule)))
                .filter(classes::containsKey)
                .forEach(rule -> table.row(List.of(
                        contract.contains(rule) ? link(rule) : rule,
                        classes.get(rule).stream().map("`%s`"::formatted).collect(joining(", ")))));
        return table.toString();
    }

    private static String link(String rule) {
        return "[%s](../docs/contract.md#%s)".formatted(rule, rule.toLowerCase(Locale.ROOT));
    }

    private static Map<String, Set<String>> classes() {
        Map<RuleGroup, String> declared = declared();
        Map<String, Set<String>> classes = new TreeMap<>();
        for (RuleGroup group : Catalogue.groups()) {
            for (Rule rule : group.rules()) {
                classes.computeIfAbsent(rule.contractId(), first -> new TreeSet<>())
                        .add(declared.get(group));
            }
        }
        return classes;
    }

    /** The classes of the catalogue keep their groups in static fields. */
    private static Map<RuleGroup, String> declared() {
        Map<RuleGroup, String> declared = new HashMap<>();
        for (Path source : Project.sources("tck")) {
            String name = source.getFileName().toString().replace(".java", "");
            if (name.endsWith("Rules")) {
                groups(CATALOGUE + "." + name).forEach(group -> declared.put(group, name));
            }
        }
        return declared;
    }

    private static List<RuleGroup> groups(String type) {
        try {
            return Arrays.stream(Class.forName(type).getDeclaredFields())
                    .filter(field -> field.getType() == RuleGroup.class)
                    .map(RuleClasses::value)
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static RuleGroup value(Field field) {
        try {
            field.setAccessible(true);
            return (RuleGroup) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
