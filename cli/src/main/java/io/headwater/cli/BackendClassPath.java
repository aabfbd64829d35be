package io.headwater.cli;

import io.headwater.spi.BackendProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * Third-party backends. The launcher adds the value of {@value #VARIABLE} to the class path, where Java silently
 * ignores entries that do not exist; so they are checked here.
 */
final class BackendClassPath {
    static final String VARIABLE = "BACKEND_CLASSPATH";

    private static final String SERVICE = "META-INF/services/" + BackendProvider.class.getName();

    private BackendClassPath() {}

    /** Refuses an entry that does not exist, and a path on which no backend can be found. */
    static void check(Map<String, String> environment) {
        String path = environment.getOrDefault(VARIABLE, "");
        if (path.isEmpty()) {
            return;
        }
        List<Path> places = new ArrayList<>();
        Arrays.stream(path.split(File.pathSeparator))
                .filter(name -> !name.isEmpty())
                .forEach(name -> places.addAll(places(name)));
        if (places.stream().noneMatch(BackendClassPath::hasBackend)) {
            throw wrong(
                    "'%s' holds no backend: one of its jars and folders must have the file %s with the provider's name"
                            .formatted(path, SERVICE));
        }
    }

    /** As Java reads it: a folder, a jar, or, with an asterisk, all jars of a folder. */
    private static List<Path> places(String name) {
        boolean all = name.equals("*") || name.endsWith(File.separator + "*");
        Path place = Path.of(all ? name.substring(0, name.length() - 1) : name);
        if (!Files.exists(place)) {
            throw wrong("there is no file or folder '" + place + "'");
        }
        return all ? jars(place) : List.of(place);
    }

    private static List<Path> jars(Path folder) {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{jar,JAR}")) {
            found.forEach(jars::add);
        } catch (IOException e) {
            throw wrong("'" + folder + "' cannot be listed: " + e);
        }
        return jars;
    }

    private static boolean hasBackend(Path place) {
        if (Files.isDirectory(place)) {
            return Files.exists(place.resolve(SERVICE));
        }
        try (ZipFile jar = new ZipFile(place.toFile())) {
            return jar.getEntry(SERVICE) != null;
        } catch (IOException e) {
            throw wrong("'" + place + "' is not a readable jar: " + e.getMessage());
        }
    }

    private static Failure wrong(String problem) {
        return new Failure(ExitCode.USAGE, VARIABLE + ": " + problem);
    }
}
