package io.headwater.benchmarks;

import java.nio.file.Path;
import java.sql.SQLException;

/** The raw driver, used in some way. */
record RawEntrant(String name, Opener opener) implements Entrant {

    /** Opens the store of a folder. */
    interface Opener {
        Appends open(Path folder) throws SQLException;
    }

    @Override
    public Appends open(Path folder, int writers) throws SQLException {
        return opener.open(folder);
    }
}
