import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker
import NIOCore

extension Request {
    /// Reads the form in the body.
    ///
    /// - Throws: ``OAuthError`` `invalid_request`: it is not a form, is too long, takes too long to arrive, or is in the
    ///   query instead, where it would end up in logs.
    func form(
        atMost limit: Int,
        until deadline: Deadline,
        repeatable: Set<String> = []
    ) async throws(OAuthError) -> RequestForm {
        guard isForm else {
            throw OAuthError(.invalidRequest, "Send the parameters as application/x-www-form-urlencoded.")
        }
        guard uri.query == nil else {
            throw OAuthError(.invalidRequest, "Send the parameters in the body, and nothing in the query.")
        }
        return try RequestForm(await bytes(atMost: limit, until: deadline), repeatable: repeatable)
    }

    private var isForm: Bool {
        guard let type = headers[.contentType] else { return false }
        // The type has no parameters, and a charset in it has no effect: the form is UTF-8.
        let name = type.prefix { $0 != ";" }.trimming(while: \.isWhitespace).lowercased()
        return name == "application/x-www-form-urlencoded"
    }

    /// Reads the body into memory. One that says that it is too long is not read: it is refused by who wants it.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` if it is too long after all, takes too long to arrive, or ends early.
    mutating func complete(within bounds: RequestBounds, by clock: BrokerClock) async throws(OAuthError) {
        guard headers[.contentLength].map({ $0 != "0" }) ?? headers.contains(.transferEncoding) else { return }
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > bounds.bodySize { return }
        let deadline = Deadline(in: bounds.bodyTime, by: clock)
        body = RequestBody(buffer: ByteBuffer(bytes: try await bytes(atMost: bounds.bodySize, until: deadline)))
    }

    private func bytes(atMost limit: Int, until deadline: Deadline) async throws(OAuthError) -> [UInt8] {
        // Nobody has to send what is known to be too long.
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw .tooLong(limit) }
        switch await Race.run(until: deadline, { await collect(atMost: limit) }) {
        case .success(let result): return try result.get()
        case .failure: throw OAuthError(.invalidRequest, "The body took too long to arrive.", status: 408)
        }
    }

    private func collect(atMost limit: Int) async -> Result<[UInt8], OAuthError> {
        var bytes: [UInt8] = []
        do {
            for try await chunk in body {
                guard chunk.readableBytes <= limit - bytes.count else { return .failure(.tooLong(limit)) }
                bytes += chunk.readableBytesView
            }
            return .success(bytes)
        } catch {
            return .failure(OAuthError(.invalidRequest, "The body ended before its time."))
        }
    }
}

extension OAuthError {
    fileprivate static func tooLong(_ limit: Int) -> OAuthError {
        OAuthError(.invalidRequest, "The body is longer than \(limit) bytes.", status: 413)
    }
}

extension StringProtocol {
    /// The text without what the predicate holds for at either end.
    func trimming(while predicate: (Character) -> Bool) -> SubSequence {
        let start = firstIndex { !predicate($0) } ?? endIndex
        let end = self[start...].lastIndex { !predicate($0) }.map { index(after: $0) } ?? start
        return self[start..<end]
    }
}
