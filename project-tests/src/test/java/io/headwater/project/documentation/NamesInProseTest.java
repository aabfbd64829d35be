package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Types and files that the prose names in code type exist. */
class NamesInProseTest {
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Z]?[a-z]\\w+)(?:[.(][^`]*)?`");
    private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w+)");
    private static final Set<String> STANDS_FOR_ANY =
            Set.of("XxxBackendProvider", "XxxBackend", "XxxSchema", "XxxErrors");

    @Test
    void every_type_that_is_named_exists() {
        Set<String> declared = declared();
        Set<String> named = Project.markdown().stream()
                .flatMap(file -> TYPE.matcher(Project.read(file)).results())
                .map(type -> type.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(named.stream().filter(type -> !declared.contains(type) && !isOfJava(type)))
                .isSubsetOf(STANDS_FOR_ANY);
    }

    private static boolean isOfJava(String type) {
        return Stream.of("java.lang.", "java.nio.file.", "java.time.", "java.util.", "java.util.concurrent.")
                .anyMatch(where -> exists(where + type));
    }

    private static boolean exists(String type) {
        try {
            Class.forName(type, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Set<String> declared() {
        return Project.sources().stream().flatMap(NamesInProseTest::declaredIn).collect(Collectors.toSet());
    }

    private static Stream<String> declaredIn(Path file) {
        return DECLARATION.matcher(Project.read(file)).results().map(name -> name.group(1));
    }
}
