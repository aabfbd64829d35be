package io.headwater.benchmarks;

import java.nio.file.Path;
import java.sql.SQLException;

/** A use of the raw driver. */
record DriverVariant(String name, Opener opener) implements AppendVariant {

    /** Opens the store of a folder. */
    interface Opener {
        Appends open(Path folder) throws SQLException;
    }

    @Override
    public Appends open(Path folder, int writers) throws SQLException {
        return opener.open(folder);
    }
}
