package com.example.orders;

/** A command that the order does not accept. Nothing was stored. */
public final class OrderRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OrderRefused(String reason) {
        super(reason);
    }
}
