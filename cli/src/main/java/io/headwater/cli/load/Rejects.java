package io.headwater.cli.load;

import java.io.IOException;

/** What happens to a line that cannot be imported. */
public interface Rejects {

    /** Whether {@link #reject} ends the import, so that everything before the line must be stored first. */
    boolean stopImport();

    /** Keeps the line for its owner to look at. Throws {@link ImportStopped} if the import ends here. */
    void reject(BadLine bad) throws ImportStopped, IOException;

    /** Ends the import at the first bad line. */
    static Rejects stop() {
        return new Rejects() {
            @Override
            public boolean stopImport() {
                return true;
            }

            @Override
            public void reject(BadLine bad) throws ImportStopped {
                throw new ImportStopped(bad);
            }
        };
    }
}
