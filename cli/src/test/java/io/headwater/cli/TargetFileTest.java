package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetFileTest {
    @TempDir
    Path folder;

    /** Writes a part of a file, reports it, and waits. */
    static final class Writing {
        private Writing() {}

        public static void main(String[] args) throws IOException {
            try (TargetFile target = TargetFile.open(args[0], false)) {
                target.stream().write(1);
                target.stream().flush();
                System.out.write('!');
                System.out.flush();
                System.in.read();
            }
        }
    }

    @Test
    void a_signal_leaves_no_part_of_the_file_behind() throws Exception {
        Path place = Files.writeString(folder.resolve("out"), "before");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writing.class.getName(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.getInputStream().read()).isEqualTo('!');
            assertThat(files()).hasSize(2);
            process.toHandle().destroy();
            assertThat(process.waitFor()).isEqualTo(ExitCode.TERMINATED.number());
        } finally {
            process.destroyForcibly();
        }
        assertThat(files()).containsExactly(place);
        assertThat(place).hasContent("before");
    }

    private Path[] files() throws IOException {
        try (Stream<Path> there = Files.list(folder)) {
            return there.toArray(Path[]::new);
        }
    }
}
