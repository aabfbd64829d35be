package io.headwater.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The system's reason for a failed file operation, in words. */
final class SystemProblem {
    private SystemProblem() {}

    /** The reason alone, without the name of the file. */
    static String of(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (problem instanceof AccessDeniedException) {
            return "no permission";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (problem instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return String.valueOf(problem.getMessage());
    }
}
