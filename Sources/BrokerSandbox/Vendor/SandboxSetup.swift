package import Foundation
package import IdentityBroker

/// How a vendor's sandbox runs, whichever vendor it plays.
package struct SandboxSetup: Sendable {
    /// The provider instance whose upstream it plays, which is in the redirect URI at 127.0.0.1.
    package var id: ProviderID
    package var port: Int
    package var redirectURIs: [String]
    /// How many codes it issues at the start, as an app gets them.
    package var codeCount: Int
    package var now: @Sendable () -> Date
    package var randomBytes: @Sendable (Int) -> [UInt8]

    /// A setup for an instance.
    package init(
        id: ProviderID,
        port: Int = 0,
        redirectURIs: [String] = [],
        codeCount: Int = 1,
        now: @escaping @Sendable () -> Date = { Date() },
        randomBytes: @escaping @Sendable (Int) -> [UInt8] = { count in
            (0..<count).map { _ in UInt8.random(in: 0 ... .max) }
        }
    ) {
        self.id = id
        self.port = port
        self.redirectURIs = redirectURIs
        self.codeCount = codeCount
        self.now = now
        self.randomBytes = randomBytes
    }

    /// The setup that options of the command line describe.
    package init(id: ProviderID, _ site: SiteOptions, codeCount: Int) {
        self.init(id: id, port: site.port, redirectURIs: site.redirectURIs, codeCount: codeCount)
    }

    /// Where browsers may be sent back to.
    package var allowedRedirects: RedirectURIs { RedirectURIs(redirectURIs, loopbackPath: "/callback/\(id)") }
}
