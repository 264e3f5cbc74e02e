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
        .optional(
            "reuseConnections",
            .boolean,
            default: "true",
            """
            Whether a connection to the upstream is used for one login after another. With false each request has a \
            connection of its own, and an answer can belong to no other.
            """
        ),
        .optional(
            "proxy",
            .object(proxy),
            """
            An HTTP proxy that the upstream is reached through, by CONNECT. Left out, there is none; HTTPS_PROXY and the \
            like are ignored.
            """
        ),
    ]

    private static let proxy: [Setting] = [
        .required(
            "url",
            .url,
            """
            Where the proxy is, such as http://proxy.internal:3128. allowAddresses has to include its address if that is \
            private. The proxy resolves the upstream's name.
            """
        ),
        .optional(
            "credentials",
            .secret,
            "The proxy's 'user:password' (Basic), as they are: nothing is percent-decoded. Left out, none are sent."
        ),
        .optional(
            "caFile",
            .path,
            "A PEM file of certificate authorities to trust of an https proxy instead of the system's."
        ),
    ]
}
