package io.headwater.sqlite;

import io.headwater.StoreUnavailable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the file of an open store was deleted or replaced. SQLite would go on with the file that no name leads to any
 * more, and what is appended to it would be gone with the process.
 */
final class FileGuard {
    private final DatabaseFile file;
    private final @Nullable Object identity;

    FileGuard(DatabaseFile file) {
        this.file = file;
        this.identity = file.identity();
    }

    /** Throws {@link StoreUnavailable} if the name leads elsewhere than it did when the store was opened. */
    void check() {
        if (!Objects.equals(identity, file.identity())) {
            throw new StoreUnavailable(
                    "file '" + file.path()
                            + "' was deleted or replaced while the store was open; close the store and open it again",
                    null);
        }
    }
}
