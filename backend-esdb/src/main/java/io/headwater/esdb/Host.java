package io.headwater.esdb;

/** The name or address of a node, and its port. */
record Host(String name, int port) {
    @Override
    public String toString() {
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
}
