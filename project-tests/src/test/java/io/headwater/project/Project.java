package io.headwater.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the checkout. */
public final class Project {
    public static final Path ROOT = root();

    private Project() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "the tests do not run inside a checkout: no mvnw above the work folder");
            }
        }
        return folder;
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every Markdown file: at the root, in the folders of the modules and examples, and all of {@code docs}. */
    public static List<Path> markdown() {
        return Stream.concat(files(ROOT, 3), files(ROOT.resolve("docs"), 9))
                .filter(file -> file.toString().endsWith(".md"))
                .distinct()
                .sorted()
                .toList();
    }

    /** The Java sources of a module, without its tests. */
    public static List<Path> sources(String module) {
        return java(ROOT.resolve(module).resolve("src/main/java"));
    }

    /** All Java sources of all modules and examples, tests among them. */
    public static List<Path> sources() {
        return files(ROOT, 3)
                .filter(file -> file.endsWith("pom.xml") && !file.getParent().equals(ROOT))
                .flatMap(pom -> java(pom.resolveSibling("src")).stream())
                .toList();
    }

    private static List<Path> java(Path folder) {
        return files(folder, 99)
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static Stream<Path> files(Path folder, int depth) {
        if (!Files.exists(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
