package com.example.filestore;

import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import io.headwater.tck.rule.Need;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTckTest extends EventStoreTck {
    @TempDir
    Path directory;

    @Override
    protected Tck tck() {
        return Tck.of("filestore:" + directory.resolve("events"))
                .without(Need.SECOND_PROCESS, "one process at a time opens the file");
    }
}
