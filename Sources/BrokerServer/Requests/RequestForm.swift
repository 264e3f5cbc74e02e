import BrokerServing
import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker
import NIOCore

/// The parameters of a form, each given once: what two readers could interpret differently is refused.
struct RequestForm: Sendable {
    /// The form as received.
    let text: String
    private let values: [String: [String]]

    /// Parses `application/x-www-form-urlencoded` (RFC 6749 Appendix B).
    ///
    /// A parameter without a value counts as omitted (RFC 6749 §3.2).
    ///
    /// - Parameter repeatable: The parameters that may occur more than once; no other may (RFC 6749 §3.2).
    /// - Throws: ``OAuthError`` `invalid_request`, without a value in its message.
    init(_ bytes: some Sequence<UInt8>, repeatable: Set<String> = []) throws(OAuthError) {
        guard let text = String(validating: Array(bytes), as: UTF8.self) else {
            throw OAuthError(.invalidRequest, "The body is not UTF-8.")
        }
        var values: [String: [String]] = [:]
        for pair in formPairs(text[...]) {
            guard let name = formDecoded(pair.name), let value = formDecoded(pair.value) else {
                throw OAuthError(.invalidRequest, "The body is not a form: its percent-encoding is invalid.")
            }
            guard !value.isEmpty else { continue }
            if values[name] != nil, !repeatable.contains(name) {
                let shown = Self.known.contains(name) ? "The parameter '\(name)'" : "A parameter"
                throw OAuthError(.invalidRequest, "\(shown) is given more than once.")
            }
            values[name, default: []].append(value)
        }
        self.values = values
        self.text = text
    }

    /// The parameter's value; nil if it was omitted.
    subscript(name: String) -> String? { values[name]?.first }

    /// All values of a repeatable parameter.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// All requested audiences, by name or by URL (RFC 8693 §2.1, RFC 8707 §2).
    var audiences: [String] { all("audience") + all("resource") }

    /// The parameter's value.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` that names it.
    func required(_ name: String) throws(OAuthError) -> String {
        guard let value = self[name] else {
            throw OAuthError(.invalidRequest, "The parameter '\(name)' is missing.")
        }
        return value
    }

    /// The parameters that an error may name: a client's own names could carry anything.
    private static let known: Set<String> = [
        "grant_type", "client_id", "client_secret", "scope", "provider", "subject_token", "subject_token_type",
        "requested_token_type", "actor_token", "actor_token_type", "audience", "resource", "refresh_token", "token",
        "token_type_hint", "access_token", "nonce", "code_verifier", "redirect_uri", "code", "client_assertion",
        "client_assertion_type", "device_code",
    ]
}

extension Request {
    /// Parses the form in the body, which is complete.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` if it is not a form, or is in the query instead, where it would end
    ///   up in logs.
    func form(repeatable: Set<String> = []) async throws(OAuthError) -> RequestForm {
        try RequestForm(try await formBytes(), repeatable: repeatable)
    }

    /// The form in the body, which is complete, as received.
    ///
    /// - Throws: ``OAuthError`` `invalid_request`, as ``form(repeatable:)`` does.
    func formText() async throws(OAuthError) -> Substring {
        guard let text = String(validating: try await formBytes(), as: UTF8.self) else {
            throw OAuthError(.invalidRequest, "The body is not UTF-8.")
        }
        return text[...]
    }

    /// The form of a page of ours, whose address may have parameters.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` if it is not a form.
    func pageForm() async throws(OAuthError) -> RequestForm {
        try RequestForm(try await formBytes(allowsQuery: true))
    }

    private func formBytes(allowsQuery: Bool = false) async throws(OAuthError) -> [UInt8] {
        guard isForm else {
            throw OAuthError(.invalidRequest, "Send the parameters as application/x-www-form-urlencoded.")
        }
        guard allowsQuery || uri.query == nil else {
            throw OAuthError(.invalidRequest, "Send the parameters in the body, and nothing in the query.")
        }
        do { return try await body.collect(upTo: .max).readableBytesView.map { $0 } } catch {
            throw RequestRefusal.incomplete.error
        }
    }

    private var isForm: Bool {
        guard let type = headers[.contentType] else { return false }
        // The type has no parameters, and a charset would have no effect: forms are UTF-8.
        let name = type.prefix { $0 != ";" }.trimming(while: \.isWhitespace).lowercased()
        return name == "application/x-www-form-urlencoded"
    }

    /// Reads the body into memory.
    ///
    /// - Throws: ``RequestRefusal`` if it is too long, takes too long to arrive, or ends early.
    mutating func complete(within bounds: RequestBounds, by clock: BrokerClock) async throws(RequestRefusal) {
        // In HTTP/2, bodies need neither field.
        let mayHaveBody = headers.contains(.transferEncoding) || method == .post
        guard headers[.contentLength].map({ $0 != "0" }) ?? mayHaveBody else { return }
        // A client need not send what is known to be too long.
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > bounds.bodySize { throw .bodyTooLong }
        let deadline = Deadline(in: bounds.bodyTime, by: clock)
        let body = body
        switch await Race.run(until: deadline, { await body.collected(atMost: bounds.bodySize) }) {
        case .success(let result): self.body = RequestBody(buffer: try result.get())
        case .failure: throw .tooSlow
        }
    }
}

extension RequestBody {
    fileprivate func collected(atMost limit: Int) async -> Result<ByteBuffer, RequestRefusal> {
        var bytes = ByteBuffer()
        do {
            for try await var chunk in self {
                guard chunk.readableBytes <= limit - bytes.readableBytes else { return .failure(.bodyTooLong) }
                bytes.writeBuffer(&chunk)
            }
            return .success(bytes)
        } catch {
            return .failure(.incomplete)
        }
    }
}

extension StringProtocol {
    /// The text without matching characters at both ends.
    func trimming(while predicate: (Character) -> Bool) -> SubSequence {
        let start = firstIndex { !predicate($0) } ?? endIndex
        let end = self[start...].lastIndex { !predicate($0) }.map { index(after: $0) } ?? start
        return self[start..<end]
    }
}

extension Request {
    /// Whether it is `OPTIONS *`, which asks about the server as a whole (RFC 9112 §3.2.4).
    var isAboutServer: Bool { method == .options && head.path == "*" }

    /// Whether the path has its canonical spelling: without empty segments, inside or at its end.
    var hasCanonicalPath: Bool {
        let path = (head.path ?? "/").prefix { $0 != "?" }
        return path == "/" || !(path.hasSuffix("/") || path.contains("//"))
    }
}
