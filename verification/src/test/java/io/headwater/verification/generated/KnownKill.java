package io.headwater.verification.generated;

import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A mutant that a rule killed when all rules were tried on it.
 *
 * @param mutant which
 * @param rule the one that killed it, which is quick and does not depend on chance
 */
record KnownKill(Generated mutant, Rule rule) {
    private static final String FILE = "known-kills.tsv";

    /** Those of the file, which has a mutant and the id of a rule in each line. */
    static List<KnownKill> all() {
        Map<String, Generated> mutants =
                GeneratedMutants.all().stream().collect(Collectors.toMap(Generated::name, Function.identity()));
        Map<String, Rule> rules = Catalogue.rules().stream().collect(Collectors.toMap(Rule::id, Function.identity()));
        return lines().stream()
                .map(line -> line.split("\t", -1))
                .map(parts -> new KnownKill(known(mutants, parts[0]), known(rules, parts[1])))
                .toList();
    }

    private static List<String> lines() {
        try (InputStream file = KnownKill.class.getResourceAsStream(FILE)) {
            return new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T known(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name), () -> FILE + " names '" + name + "', which is not there");
    }
}
