package io.headwater.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = HeadwaterCommand.class.getPackage().getImplementationVersion();
        return new String[] {
            "headwater " + (version == null ? "(development)" : version), "Java " + System.getProperty("java.version")
        };
    }
}
