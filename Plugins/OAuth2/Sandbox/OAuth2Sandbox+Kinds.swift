import ArgumentParser
public import BrokerSandbox
import Foundation
import IdentityBroker

extension OAuth2Sandbox {
    /// The sandboxes of `oauth2` and of each preset.
    public static let kinds: [SandboxKind] = [declared] + presets.map(kind)

    /// The upstreams of the presets.
    static let presets: [Vendor] = [
        .baidu, .bitbucket, .discord, .douyin, .facebook, .gitee, .github, .kakao, .naver, .qq, .spotify, .tiktok, .vk,
        .weibo, .x, .yandex,
    ]

    private static let people = Person.all.map(\.name).joined(separator: ", ")

    private static func kind(_ vendor: Vendor) -> SandboxKind {
        SandboxKind(
            of: vendor.type,
            displayName: vendor.displayName,
            summary: "Runs a local \(vendor.displayName), for development.",
            discussion: """
                It answers as its vendor documents, over TLS with a certificate authority of its own, and runs until Ctrl-C. \
                Its page for browsers is on 127.0.0.1; people to choose from are \(people).

                Example:
                  broker sandbox \(vendor.type)
                """,
            options: PresetOptions.self
        ) { options, id in
            try await start(vendor, as: id, options.site)
        }
    }

    /// The sandbox of `oauth2`, which follows a declaration if there is one.
    private static let declared = SandboxKind(
        of: Vendor.oauth2.type,
        displayName: Vendor.oauth2.displayName,
        summary: "Runs a local OAuth 2.0 upstream, for development.",
        discussion: """
            It answers as a declaration says, or without one as RFC 6749 does, over TLS with a certificate authority of its \
            own, and runs until Ctrl-C. What the declaration reads is made up, so it shows a declaration's form and not \
            whether it fits the real upstream. Its page for browsers is on 127.0.0.1; people to choose from are \(people).

            Examples:
              broker sandbox oauth2
              broker sandbox oauth2 --declaration gitea.yaml
            """,
        options: Options.self,
        following: ["declaration"]
    ) { options, id in
        try await start(try options.vendor(), as: id, options.site)
    }

    private static func start(_ vendor: Vendor, as id: ProviderID, _ site: SiteOptions) async throws -> any Sandbox {
        try await start(Configuration(vendor: vendor, id: id, port: site.port, redirectURIs: site.redirectURIs))
    }

    /// The options of `broker sandbox oauth2`.
    struct Options: ParsableArguments, Sendable {
        @OptionGroup var site: SiteOptions

        @Option(help: ArgumentHelp("The declaration to follow.", valueName: "file"))
        var declaration: String?

        /// The upstream that the declaration describes.
        func vendor() throws -> Vendor {
            guard let declaration else { return .oauth2 }
            let text = try DeclarationFile(path: declaration).text
            guard let vendor = Vendor(declared: text) else {
                throw BrokerError(
                    .misconfigured, "The file of --declaration is not a YAML mapping, as a declaration is.")
            }
            return vendor
        }
    }

    /// The options of a preset's sandbox.
    struct PresetOptions: ParsableArguments, Sendable {
        @OptionGroup var site: SiteOptions
    }
}
