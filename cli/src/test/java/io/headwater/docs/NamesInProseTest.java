package io.headwater.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Types and files that the prose names in code type exist. */
class NamesInProseTest {
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Z]?[a-z]\\w+)(?:[.(][^`]*)?`");
    private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w+)");
    private static final Set<String> OF_JAVA =
            Set.of("Duration", "Instant", "Optional", "Map", "Properties", "ServiceLoader");
    private static final Set<String> STANDS_FOR_ANY =
            Set.of("XxxBackendProvider", "XxxBackend", "XxxSchema", "XxxErrors");

    @Test
    void every_type_that_is_named_exists() {
        Predicate<String> exists = declared()::contains;
        Set<String> named = Project.markdown().stream()
                .flatMap(file -> TYPE.matcher(Project.read(file)).results())
                .map(type -> type.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(named.stream().filter(exists.negate())).isSubsetOf(union(OF_JAVA, STANDS_FOR_ANY));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }

    private static Set<String> declared() {
        return Project.sources().stream().flatMap(NamesInProseTest::declaredIn).collect(Collectors.toSet());
    }

    private static Stream<String> declaredIn(Path file) {
        return DECLARATION.matcher(Project.read(file)).results().map(name -> name.group(1));
    }
}
