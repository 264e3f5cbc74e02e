import Foundation
import Testing

@testable import BrokerTesting

@Suite("A canary")
struct CanaryTests {
    private static let text = "qwmxnebrvtcy/81=uzi"
    private let canary = Canary("the secret", text)

    private static let leaks: [String] = {
        let bytes = Array(text.utf8)
        let padded = ["", "a", "ab"].map { Data(($0 + text + "tail").utf8).base64EncodedString() }
        let hexadecimal = bytes.map { String($0, radix: 16) }.joined()
        var dump = ""
        Swift.dump(bytes, to: &dump)
        return [
            text, "before \(text) behind", "qwmxnebr…", "…y/81=uzi", "…brvtcy/81=uzi", hexadecimal,
            hexadecimal.uppercased(),
            "\(bytes)", dump,
        ] + padded + padded.map { $0.replacing("/", with: "_") }
    }()

    @Test("is found verbatim, in pieces, in Base64, in hexadecimal and as a list of bytes", arguments: leaks)
    func found(leak: String) {
        #expect(canary.isFound(in: Haystack(leak)))
    }

    @Test(
        "is not found elsewhere",
        arguments: [
            "", "qwm", "qwmxneb", "the secret", "[1, 2, 3]", "q w m x n e b r v", String(repeating: "qw", count: 99),
        ]
    )
    func notFound(text: String) {
        #expect(!canary.isFound(in: Haystack(text)))
    }

    @Test("is found after a NUL, which ends a C string")
    func behindNUL() {
        #expect(canary.isFound(in: Haystack("\u{0}\(Self.text)")))
    }

    @Test("names itself without revealing its contents")
    func description() {
        #expect("\(canary)" == "the secret")
    }
}
