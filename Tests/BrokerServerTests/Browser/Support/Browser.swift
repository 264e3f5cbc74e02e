import BrokerServing
import BrokerTokens
import Foundation
import HTTPTypes
import Hummingbird
import IdentityBroker
import NIOCore
import Testing

@testable import BrokerServer

/// A browser that a test drives: it keeps cookies, and follows redirects as far as they stay with the broker.
final class Browser {
    let bench: ServiceBench
    /// The values of cookies, by their names.
    var cookies: [String: String] = [:]
    /// The `Set-Cookie` fields of the latest answers.
    private(set) var setCookies: [String] = []
    var language: String?

    init(_ bench: ServiceBench) {
        self.bench = bench
    }

    /// Opens an address of the broker, and does not follow redirects.
    func get(_ address: String, headers: HTTPFields = [:]) async throws -> Answer {
        keep(try await bench.send(.get, path(address), headers: fields(headers)))
    }

    /// Opens an address and follows redirects, also to the upstream, to an app, or to a page.
    func open(_ address: String) async throws -> Answer { try await follow(await get(address)) }

    func follow(_ answer: Answer) async throws -> Answer {
        var answer = answer
        for _ in 0..<10 {
            guard answer.status == 303, let next = answer.headers[.location], next.hasPrefix(bench.tokens.issuer) else {
                return answer
            }
            answer = try await get(next)
        }
        Issue.record("It goes round in circles.")
        return answer
    }

    /// Posts a form as a page of the broker does.
    func post(
        _ address: String,
        _ form: [(String, String)],
        origin: String? = ServiceBench.issuer,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        var headers = fields(headers)
        if let origin { headers[.origin] = origin }
        headers[.contentType] = "application/x-www-form-urlencoded"
        let body = form.map { "\($0.0.percentEncoded)=\($0.1.percentEncoded)" }.joined(separator: "&")
        return keep(
            try await bench.send(
                .post, path(address), headers: headers, body: RequestBody(buffer: ByteBuffer(string: body))))
    }

    /// Posts the form of a page, by a button.
    func press(
        _ action: String,
        on page: Answer,
        origin: String? = ServiceBench.issuer,
        headers: HTTPFields = [:],
        changing changes: [String: String?] = [:]
    ) async throws -> Answer {
        let target = try #require(page.firstMatch(#/<form method="post" action="([^"]*)">/#)).unescaped
        var fields = page.matches(#/<input type="hidden" name="([^"]*)" value="([^"]*)">/#)
            .map { ($0.0.unescaped, $0.1.unescaped) }
        fields.append(("action", action))
        fields = fields.compactMap { name, value in
            guard let change = changes[name] else { return (name, value) }
            return change.map { (name, $0) }
        }
        return try await post(target, fields, origin: origin, headers: headers)
    }

    /// The upstream's answer to the redirect that it got, as the address that it sends the browser to.
    func callback(of redirect: Answer, code: String) throws -> String {
        let address = try #require(redirect.headers[.location])
        #expect(redirect.status == 303 && address.hasPrefix("https://upstream.example/"))
        let query = address.query
        let target = try #require(query["redirect_uri"])
        return "\(target)?code=\(code.percentEncoded)&state=\(try #require(query["state"]))"
    }

    /// Signs in at the upstream to which a redirect leads.
    func signIn(_ person: String = "ada", after redirect: Answer) async throws -> Answer {
        return try await open(callback(of: redirect, code: "\(person).\(UUID().uuidString)"))
    }

    /// Opens a client's request, signs in with a provider if that is needed, and returns what comes after.
    func login(
        _ client: String = "web",
        _ changes: [String: String?] = [:],
        person: String = "ada",
        at provider: String = "work"
    ) async throws -> Answer {
        var page = try await open(FrontBench.request(client, changes))
        if page.status == 200, let link = page.link(to: provider) { page = try await get(link) }
        guard page.location?.hasPrefix("https://upstream.example/") == true else { return page }
        return try await signIn(person, after: page)
    }

    private func path(_ address: String) -> String {
        let origin = BrowserSite(issuer: bench.tokens.issuer).origin
        return address.hasPrefix(origin) ? String(address.dropFirst(origin.count)) : address
    }

    private func fields(_ headers: HTTPFields) -> HTTPFields {
        var headers = headers
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                separator: "; ")
        }
        if let language { headers[.acceptLanguage] = language }
        return headers
    }

    private func keep(_ answer: Answer) -> Answer {
        for field in answer.headers[values: .setCookie] {
            setCookies.append(field)
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let (name, value) = (String(pair[0]), pair.count > 1 ? String(pair[1]) : "")
            cookies[name] = field.contains("Max-Age=0") ? nil : value
        }
        return answer
    }
}

extension Answer {
    func firstMatch(_ pattern: Regex<(Substring, Substring)>) -> String? {
        text.firstMatch(of: pattern).map { String($0.output.1) }
    }

    func matches(_ pattern: Regex<(Substring, Substring, Substring)>) -> [(String, String)] {
        text.matches(of: pattern).map { (String($0.output.1), String($0.output.2)) }
    }

    /// Where the button of a provider leads.
    func link(to provider: String) -> String? {
        let links = matches(#/<a class="button" href="([^"]*)" data-provider="([^"]*)">/#)
        return links.first { $0.1 == provider }?.0.unescaped
    }

    /// The page's heading.
    var heading: String? { firstMatch(#/<h1>([^<]*)</h1>/#)?.unescaped }

    /// Where it sends the browser.
    var location: String? { headers[.location] }

    /// The parameters of an answer to an app, if it is one.
    var answered: [String: String] {
        guard status == 303, let location else { return [:] }
        return location.query
    }
}

extension String {
    /// The parameters of the address.
    var query: [String: String] {
        let pairs = formPairs(drop { $0 != "?" }.dropFirst())
        return Dictionary(
            pairs.compactMap { pair in
                guard let name = formDecoded(pair.name), let value = formDecoded(pair.value) else { return nil }
                return (name, value)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The text that stands in HTML.
    var unescaped: String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(self) {
            $0.replacing($1.0, with: $1.1)
        }
    }
}
