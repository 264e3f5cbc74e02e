import Testing
import WXAppClient

@Suite("The reader of the mini program's query")
struct CallbackRobustnessTests {
    @Test("reads random bytes without trapping", arguments: [UInt64(1), 2, 3, 4])
    func randomBytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...64, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            expectSound(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test("reads random arrangements of meaningful parts without trapping", arguments: [UInt64(5), 6, 7, 8])
    func randomFragments(seed: UInt64) {
        let fragments = [
            "code", "ticket", "message", "=", "&", "?", "#", "://", "/", "https",
            "%", "%2", "%3D", "%26", "%FF", "%00", "+", "200", "400", "-1", "T1", "成功",
            "\u{301}", "\u{FE0F}", "\u{0}", " ", "\r\n", "\u{FFFD}", "\u{1F468}\u{200D}",
        ]
        var random = SplitMix64(seed: seed)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...16, using: &random)
            expectSound((0..<count).compactMap { _ in fragments.randomElement(using: &random) }.joined())
        }
    }

    @Test("finds no other ticket than the one sent, if a byte before it is damaged", arguments: [UInt64(9), 10])
    func damagedQuery(seed: UInt64) {
        let beforeTicket = Array("code=200&message=授权成功".utf8)
        var random = SplitMix64(seed: seed)
        for _ in 0..<3000 {
            var damaged = beforeTicket
            damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            let query = String(decoding: damaged, as: UTF8.self) + "&ticket=AAAAAAAA"
            guard case .authorized(let ticket) = try? WXAppCallback(query: query).outcome else { continue }
            #expect(ticket.value == "AAAAAAAA", "\(query.debugDescription)")
        }
    }

    @Test(
        "handles the longest callback of only delimiters",
        arguments: ["&", "=", "%", "?", "#", "\n", "&code"])
    func delimiters(delimiter: String) {
        let count = WXAppCallback.maximumLength / delimiter.utf8.count
        expectSound(String(repeating: delimiter, count: count))
    }

    /// Every text is refused with a known code, or has a well-formed ticket and message.
    private func expectSound(_ query: String, sourceLocation: SourceLocation = #_sourceLocation) {
        do {
            switch try WXAppCallback(query: query).outcome {
            case .authorized(let ticket):
                #expect(!ticket.value.isEmpty, sourceLocation: sourceLocation)
                #expect(ticket.value.utf8.allSatisfy { (0x21...0x7E).contains($0) }, sourceLocation: sourceLocation)
            case .failed(let failure):
                let length = failure.untrustedMessage?.unicodeScalars.count ?? 1
                #expect((1...WXAppFailure.maximumMessageLength).contains(length), sourceLocation: sourceLocation)
            case .cancelled:
                break
            }
        } catch {
            #expect(["code_ambiguous", "ticket_ambiguous"].contains(error.code), sourceLocation: sourceLocation)
        }
    }
}
