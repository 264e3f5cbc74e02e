import Foundation
package import HTTPTypes
package import IdentityBroker
package import UpstreamAPI

/// An address out of a discovery document or the settings, used exactly as it is written: some providers serve
/// `/token` and `/token/` differently, and some have two slashes where others have one.
package struct Endpoint: Sendable, Hashable {
    private static let longest = 2048

    /// Scheme, host and port.
    private let origin: UpstreamURL
    /// Path and query, beginning with a slash.
    package let target: String
    /// The names in its own query, decoded: a server reads `%73tate` as `state`.
    package let parameterNames: Set<String>

    /// Reads an absolute URL. Returns nil for another scheme than https and http, a user name, a fragment, dot segments,
    /// a query that cannot be decoded, and anything else that two parsers could read differently.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.longest, let scheme = text.firstRange(of: "://"),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !#"#\"<>^`{|}"#.utf8.contains($0) })
        else { return nil }
        let end = text[scheme.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? text.endIndex
        guard let origin = UpstreamURL(String(text[..<end])) else { return nil }
        self.origin = origin
        let rest = text[end...]
        let segments = rest.prefix { $0 != "?" }.lowercased().replacing("%2e", with: ".").split(separator: "/")
        guard !segments.contains("."), !segments.contains("..") else { return nil }
        target = rest.hasPrefix("/") ? String(rest) : "/\(rest)"
        guard let names = Self.names(in: target.drop { $0 != "?" }.dropFirst()) else { return nil }
        parameterNames = names
    }

    /// The address without path and query.
    package var server: UpstreamURL { origin }

    /// Host and port.
    package var authority: String { origin.authority }

    /// The whole address.
    package var text: String { "\(origin)\(target)" }

    /// The same address with more of a path behind it, whose slash is not doubled.
    package func appending(path: String) -> Endpoint? {
        Endpoint("\(origin)\(target.hasSuffix("/") ? String(target.dropLast()) : target)\(path)")
    }

    /// The names in a query; nil if it has a percent sign without two hexadecimal digits, or bytes that are not UTF-8.
    private static func names(in query: Substring) -> Set<String>? {
        var names: Set<String> = []
        for field in query.split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let texts = parts.map { $0.replacing("+", with: " ").removingPercentEncoding }
            guard let name = texts[0], !texts.contains(nil) else { return nil }
            names.insert(name)
        }
        return names
    }

    /// The whole address with these parameters beside its own.
    package func text(with fields: FormFields) -> String {
        "\(text)\(target.contains("?") ? "&" : "?")\(fields.text)"
    }

    /// A request to this address, which accepts JSON unless the fields say otherwise.
    package func request(
        _ method: HTTPRequest.Method,
        _ headerFields: HTTPFields = [:],
        body: [UInt8] = []
    ) -> UpstreamRequest {
        var fields = headerFields
        if fields[.accept] == nil { fields[.accept] = "application/json" }
        var request = UpstreamRequest(method: method, url: origin, headerFields: fields, body: body)
        request.head.path = target
        return request
    }
}
