package io.headwater.esdb.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What real servers answered, as files. */
final class Transcripts {
    private Transcripts() {}

    /** The transcripts of a version by the ids of their scenarios. */
    static SortedMap<String, String> of(String version) {
        SortedMap<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder(version))) {
            files.filter(file -> file.toString().endsWith(".json")).forEach(file -> all.put(id(file), text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** The ids of scenarios whose transcripts were not the same twice. */
    static List<String> unstable(String version) {
        return lines("/transcripts/" + version + "/unstable.txt");
    }

    static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Transcripts.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(String version) {
        String name = "/transcripts/" + version + "/transcripts";
        try {
            return Path.of(Objects.requireNonNull(Transcripts.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(Path file) {
        return file.getFileName().toString().replaceFirst("\\.json$", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
