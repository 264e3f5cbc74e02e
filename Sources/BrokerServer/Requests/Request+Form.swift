import BrokerServing
import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker
import NIOCore

extension Request {
    /// Parses the form in the body, which is complete.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` if it is not a form, or is in the query instead, where it would end
    ///   up in logs.
    func form(repeatable: Set<String> = []) async throws(OAuthError) -> RequestForm {
        guard isForm else {
            throw OAuthError(.invalidRequest, "Send the parameters as application/x-www-form-urlencoded.")
        }
        guard uri.query == nil else {
            throw OAuthError(.invalidRequest, "Send the parameters in the body, and nothing in the query.")
        }
        let bytes: [UInt8]
        do { bytes = try await body.collect(upTo: .max).readableBytesView.map { $0 } } catch {
            throw RequestRefusal.incomplete.error
        }
        return try RequestForm(bytes, repeatable: repeatable)
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
