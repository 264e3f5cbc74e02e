package import ArgumentParser
import Foundation

/// The options of every sandbox with a page for browsers.
package struct SiteOptions: ParsableArguments, Sendable {
    @Option(help: "The port to listen on; 0 picks a free one.")
    package var port: Int = 0

    @Option(
        name: .customLong("redirect-uri"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A redirect URI of your app, compared exactly, besides the one of 'broker login --browser'.",
            valueName: "uri"))
    package var redirectURIs: [String] = []

    /// The defaults.
    package init() {}

    package func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535.") }
        guard redirectURIs.allSatisfy({ URL(string: $0)?.scheme != nil && !$0.contains("#") }) else {
            throw ValidationError("--redirect-uri takes an absolute URI without a fragment.")
        }
    }
}
