import IdentityBroker

/// The settings under `limits:`, and the ranges that their forms cannot express.
enum LimitSettings {
    static let longestTimeout: Duration = .seconds(5 * 60)
    /// Counts are lost when the process ends, so a longer period would promise too much.
    static let longestPeriod: Duration = .seconds(24 * 60 * 60)
    static let responseSizes = 1024...(16 * 1024 * 1024)

    static let all: [Setting] = [
        .optional(
            "timeout",
            .duration,
            default: ProviderLimits().timeout.setting,
            "How long a whole login may take, including its wait in the queue; at most \(longestTimeout.setting)."
        ),
        .optional(
            "connectTimeout",
            .duration,
            default: ProviderLimits().connectTimeout.setting,
            "How long name resolution, connecting and the TLS handshake may take together, at most the timeout."
        ),
        .optional(
            "concurrency",
            .integer(1...100_000),
            default: "\(ProviderLimits().concurrency)",
            "How many logins may be under way at once."
        ),
        .optional(
            "queue",
            .integer(0...100_000),
            default: "\(ProviderLimits().queue)",
            "How many more logins may wait for their turn. Others are refused."
        ),
        .optional(
            "rate",
            .object(rate),
            "How many logins may begin within a period. Others are refused. Without it there is no limit."
        ),
        .optional(
            "callerRate",
            .object(rate),
            "The same for each caller, if the app names its callers. Without it there is no limit."
        ),
        .optional("breaker", .object(breaker), "When to pause calls to an upstream that keeps failing."),
        .optional(
            "responseSize",
            .size,
            default: SizeText.setting(ProviderLimits().responseSize),
            """
            The longest response accepted from the upstream, from \(responseSizes.setting).
            """
        ),
    ]

    private static let rate: [Setting] = [
        .required("logins", .integer(1...1_000_000), "How many logins may begin within the period, in the long run."),
        .required("per", .duration, "The period, at most \(longestPeriod.setting)."),
        .optional(
            "burst",
            .integer(1...1_000_000),
            default: "{logins}",
            "How many may begin at once after a quiet period."
        ),
    ]

    private static let breaker: [Setting] = [
        .optional(
            "failures",
            .integer(0...1_000_000),
            default: "\(CircuitBreakerLimit().failures)",
            """
            How many logins in a row must fail because of the upstream; a user's bad credential does not count. 0 switches \
            the breaker off.
            """
        ),
        .optional(
            "openFor",
            .duration,
            default: CircuitBreakerLimit().openFor.setting,
            "How long logins are then refused at once, at most \(longestPeriod.setting). After that, one login tries the upstream."
        ),
    ]
}
