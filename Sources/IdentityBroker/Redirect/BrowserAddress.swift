/// What a browser may be sent to.
enum BrowserAddress {
    /// About what browsers and proxies accept.
    private static let longestURL = 8 * 1024

    /// Checks that a browser may be sent to the URL. A `javascript:` URL from a discovery document would run in the app's own
    /// page.
    static func check(_ url: String, allowsInsecureHTTP: Bool) throws(BrokerError) {
        // Browsers treat a backslash as a slash, and could see a different host than the one checked here.
        let isPlain = url.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        guard url.utf8.count <= longestURL, isPlain else {
            throw RedirectCheck.fault("built an address for the browser that is not a URL of at most 8 KiB")
        }
        let start = url.firstRange(of: "://")?.upperBound ?? url.endIndex
        let end = url[start...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        guard let address = UpstreamURL(String(url[..<end])) else {
            throw RedirectCheck.fault("built an address for the browser that is not an absolute web address")
        }
        // On the local machine, no one can eavesdrop on plain HTTP. The pages of a sandbox are there.
        guard address.scheme == .https || address.isLoopback || allowsInsecureHTTP else {
            throw BrokerError(
                .misconfigured, "The upstream's page is plain HTTP, which this provider does not allow. Use https.")
        }
    }
}
