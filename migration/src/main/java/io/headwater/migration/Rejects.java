package io.headwater.migration;

import java.io.IOException;

/** What happens to lines that cannot be imported. Called by the thread that runs the import, in the order of the lines of a batch. */
public interface Rejects {

    /** Whether {@link #reject} ends the import. If so, all lines before are stored first. */
    boolean stopImport();

    /**
     * Called once for each bad line.
     *
     * @throws ImportStopped to end the import at this line
     * @throws IOException if the line cannot be kept; the import ends
     */
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
