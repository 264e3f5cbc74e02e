import IdentityBroker

/// The settings under `limits:`, and the ranges that their forms cannot say.
enum LimitSettings {
    static let longestTimeout: Duration = .seconds(5 * 60)
    static let responseSizes = 1024...(16 * 1024 * 1024)

    static let all: [Setting] = [
        .optional("timeout", .duration, default: "10s", "How long a whole login may take, at most 5m."),
        .optional(
            "connectTimeout",
            .duration,
            default: "3s",
            "How long resolving the name, connecting and the TLS handshake may take together, at most the timeout."
        ),
        .optional(
            "concurrency",
            .integer(1...100_000),
            default: "256",
            "How many logins may be under way at once. One more is refused."
        ),
        .optional(
            "responseSize",
            .size,
            default: "256KiB",
            "The longest answer accepted from the upstream, from 1KiB to 16MiB."
        ),
    ]
}
