import HTTPTypes
import IdentityBroker

/// An input as an upstream's answer. Its first line may be a status code, optionally followed by a space and the value
/// of `Retry-After`; the rest is the body. Without such a line, the whole input is the body of an answer with status
/// 200.
struct Answer {
    private static let lineEnd = UInt8(ascii: "\n")
    private static let zero = UInt8(ascii: "0")

    var status = 200
    var retryAfter: String?
    var body: [UInt8]

    init(_ input: [UInt8]) {
        let line = input.prefix { $0 != Self.lineEnd }
        let digits = line.prefix(3).map { Int($0) - Int(Self.zero) }
        let field = line.dropFirst(3)
        guard line.count < input.count, digits.count == 3, digits.allSatisfy((0...9).contains),
            field.first.map({ $0 == UInt8(ascii: " ") }) ?? true
        else {
            body = input
            return
        }
        status = digits.reduce(0) { $0 * 10 + $1 }
        retryAfter = field.isEmpty ? nil : String(decoding: field.dropFirst(), as: UTF8.self)
        body = Array(input.dropFirst(line.count + 1))
    }

    init(status: Int, body: String) {
        self.status = status
        self.body = Array(body.utf8)
    }

    var response: UpstreamResponse {
        UpstreamResponse(
            status: HTTPResponse.Status(code: status),
            headerFields: retryAfter.map { [.retryAfter: $0] } ?? [:],
            body: body
        )
    }
}
