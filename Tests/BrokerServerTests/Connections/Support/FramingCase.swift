import NIOHTTP1
import Testing

@testable import BrokerServer

/// A request head, and how it is framed.
struct FramingCase: Sendable, CustomTestStringConvertible {
    let line: String
    let fields: [String]
    let expected: Result<RequestFraming.Body, RequestRefusal>
    var isPersistent = true
    var expectsContinue = false

    init(
        _ line: String = "POST /a HTTP/1.1",
        _ fields: [String] = ["Host: a"],
        body: RequestFraming.Body = .bytes(0),
        isPersistent: Bool = true,
        expectsContinue: Bool = false
    ) {
        self.line = line
        self.fields = fields
        expected = .success(body)
        self.isPersistent = isPersistent
        self.expectsContinue = expectsContinue
    }

    init(_ line: String = "POST /a HTTP/1.1", _ fields: [String] = ["Host: a"], refused refusal: RequestRefusal) {
        self.line = line
        self.fields = fields
        expected = .failure(refusal)
    }

    var testDescription: String { ([line] + fields).joined(separator: " | ") }

    var head: HTTPRequestHead {
        let words = line.split(separator: " ").map(String.init)
        let fields = fields.map { field in
            let parts = field.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
        return HTTPRequestHead(
            version: words[2] == "HTTP/1.0" ? .http1_0 : .http1_1, method: HTTPMethod(rawValue: words[0]),
            uri: words[1], headers: HTTPHeaders(fields))
    }
}
