import BrokerTokens
import Hummingbird
import IdentityBroker
import Logging

/// What all endpoints for browsers share.
struct BrowserFront: Sendable {
    let context: EndpointContext
    let pages: PageRenderer
    let cookies: BrowserCookieNames
    let site: BrowserSite

    init(context: EndpointContext, pages: PageRenderer) {
        self.context = context
        self.pages = pages
        cookies = BrowserCookieNames(issuer: context.tokens.issuer)
        site = BrowserSite(issuer: context.tokens.issuer)
    }

    var tokens: TokenService { context.tokens }

    /// A browser's request.
    func visit(_ request: Request, _ context: some RequestContext) -> Visit {
        let target = request.head.path ?? ""
        let query = target.firstIndex(of: "?").map { target[target.index(after: $0)...] } ?? ""
        return Visit(
            front: self, request: request, query: query, origin: self.context.guards.origin(of: request, in: context),
            id: context.logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "")
    }
}

/// The addresses of the pages, which come from the issuer and never from a request (GHSA-pfrf-9r5f-73f5).
struct BrowserSite: Sendable, Hashable {
    /// The issuer without a slash at its end.
    let base: String
    /// What browsers send as `Origin` from our pages.
    let origin: String
    /// The path of the issuer; empty for none.
    let path: String
    /// The issuer's host.
    let host: String

    init(issuer: String) {
        base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        // A token service has checked that its issuer is a URL.
        let url = UpstreamURL(issuer)
        origin = url.map { "\($0.scheme.rawValue)://\($0.authority)" } ?? base
        path = url?.path ?? ""
        host = url?.host ?? base
    }

    /// Where an upstream sends a browser back to: an address for each instance, so that none can answer for another.
    func callback(of provider: ProviderID) -> String { "\(base)/callback/\(provider.rawValue)" }

    /// The address of a page.
    func address(_ path: String, _ parameters: [(name: String, value: String)] = []) -> String {
        "\(base)/\(path)" + Self.query(parameters)
    }

    /// The path of a page, for links of our own.
    func link(_ path: String, _ parameters: [(name: String, value: String)] = []) -> String {
        "\(self.path)/\(path)" + Self.query(parameters)
    }

    private static func query(_ parameters: [(name: String, value: String)]) -> String {
        guard !parameters.isEmpty else { return "" }
        return "?" + parameters.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}
