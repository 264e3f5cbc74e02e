import IdentityBroker

/// The settings under `network:`.
enum NetworkSettings {
    static let all: [Setting] = [
        .optional(
            "caFile",
            .path,
            "A PEM file of certificate authorities to trust instead of the system's, for a private deployment."
        ),
        .optional(
            "allowAddresses",
            .list(.text),
            default: "[]",
            """
            Private, loopback or other special networks that may be connected to, as in [10.20.0.0/16]. Public \
            addresses need no entry.
            """
        ),
        .optional(
            "allowInsecureHTTP",
            .boolean,
            default: "false",
            "Whether plain HTTP may be spoken. Credentials and secrets can then be read on the way."
        ),
    ]
}
