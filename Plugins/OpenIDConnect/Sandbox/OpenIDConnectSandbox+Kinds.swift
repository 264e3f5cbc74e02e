import ArgumentParser
public import BrokerSandbox
import Foundation

extension OpenIDConnectSandbox {
    /// The sandboxes of `oidc` and of each preset.
    public static let kinds: [SandboxKind] =
        [
            kind(.oidc, options: Options.self) { options, configuration in
                options.upstream.apply(to: &configuration)
                configuration.algorithm = options.algorithm
                configuration.methods = [options.clientAuth]
            }
        ]
        + presets.map { vendor in
            kind(vendor, options: PresetOptions.self) { options, configuration in
                options.upstream.apply(to: &configuration)
            }
        }

    private static let presets: [Vendor] = [
        .apple, .genauth, .gitlab, .google, .keycloak, .line, .linkedin, .microsoft, .slack, .twitch,
    ]

    private static func kind<Options: ParsableArguments & Sendable>(
        _ vendor: Vendor,
        options: Options.Type,
        apply: @escaping @Sendable (Options, inout Configuration) -> Void
    ) -> SandboxKind {
        SandboxKind(
            of: vendor.type,
            displayName: vendor.displayName,
            summary: "Runs a local \(vendor.displayName), for development.",
            discussion: """
                It answers as \(vendor.type == "oidc" ? "the standard says" : "its vendor documents"), over TLS with a \
                certificate authority of its own, and runs until Ctrl-C. Its page for browsers is on 127.0.0.1; people to choose \
                from are \(Person.all.map(\.name).joined(separator: ", ")).

                Example:
                  broker sandbox \(vendor.type)
                """,
            options: options
        ) { options, id in
            var configuration = Configuration(vendor: vendor, id: id)
            apply(options, &configuration)
            return try await start(configuration)
        }
    }

    /// The options of every OpenID provider's sandbox.
    struct UpstreamOptions: ParsableArguments, Sendable {
        @OptionGroup var site: SiteOptions

        @Option(help: "How many ID tokens to issue at the start, as an app gets them, if the vendor does that.")
        var tokens: Int = 1

        func validate() throws {
            guard (0...100).contains(tokens) else { throw ValidationError("--tokens takes a number from 0 to 100.") }
        }

        func apply(to configuration: inout Configuration) {
            configuration.port = site.port
            configuration.tokenCount = tokens
            configuration.redirectURIs = site.redirectURIs
        }
    }

    /// The options of `broker sandbox oidc`.
    struct Options: ParsableArguments, Sendable {
        @OptionGroup var upstream: UpstreamOptions

        @Option(help: "What ID tokens are signed with: RS256 or ES256.")
        var algorithm: SigningAlgorithm = .rs256

        @Option(
            help: ArgumentHelp(
                "How the client authenticates: client_secret_basic, client_secret_post, private_key_jwt or none.",
                valueName: "method"))
        var clientAuth: ClientMethod = .basic
    }

    /// The options of a preset's sandbox.
    struct PresetOptions: ParsableArguments, Sendable {
        @OptionGroup var upstream: UpstreamOptions
    }
}

extension SigningAlgorithm: ExpressibleByArgument {}

extension ClientMethod: ExpressibleByArgument {}
