extension BrokerError {
    static var noRoom: BrokerError {
        BrokerError(
            .unavailable,
            "Too many logins are under way at this provider. Try again in a moment.",
            retryAfter: .seconds(1)
        )
    }

    static var noRoomInTime: BrokerError {
        BrokerError(.timedOut, "The login waited for room at this provider until its time was over.")
    }

    static var cancelled: BrokerError {
        BrokerError(.cancelled, "The login was cancelled.")
    }

    static var requesterGone: BrokerError {
        BrokerError(.cancelled, "The caller is gone, so the login was not begun.")
    }

    static func breakerOpen(_ wait: Duration) -> BrokerError {
        BrokerError(
            .upstreamUnavailable,
            "The upstream has failed too often in a row, so it is left alone for a while. Try again later.",
            retryAfter: wait
        )
    }

    static func callerRateLimited(_ wait: Duration) -> BrokerError {
        BrokerError(.rateLimited, "This caller begins too many logins. Try again later.", retryAfter: wait)
    }

    static func providerRateLimited(_ wait: Duration) -> BrokerError {
        BrokerError(.rateLimited, "Too many logins begin at this provider. Try again later.", retryAfter: wait)
    }
}
