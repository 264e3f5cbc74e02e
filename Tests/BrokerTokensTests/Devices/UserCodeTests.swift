import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("User codes (RFC 8628 §6.1)")
struct UserCodeTests {
    @Test("A code has eight letters, without vowels, in two groups")
    func form() throws {
        for seed in 1...100 {
            let text = UserCode(.seeded(UInt64(seed))).text
            #expect(text.wholeMatch(of: /[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}/) != nil, "\(text)")
            #expect(UserCode(typed: text)?.text == text)
        }
    }

    @Test("Every letter is as likely as any other")
    func distribution() {
        var counts: [Character: Int] = [:]
        for seed in 1...5000 {
            for letter in UserCode(.seeded(UInt64(seed))).text where letter != "-" { counts[letter, default: 0] += 1 }
        }
        #expect(counts.count == 20)
        // 2,000 of each are expected, with a standard deviation of 44.
        #expect(counts.values.allSatisfy { (1780...2220).contains($0) }, "\(counts)")
    }

    @Test(
        "What a person types is read in any case, with any separators",
        arguments: ["WDJB-MJHT", "wdjbmjht", " wdjb mjht\n", "W D J B M J H T", "wdjb–mjht", "WDJB.MJHT!"])
    func typed(text: String) {
        #expect(UserCode(typed: text)?.text == "WDJB-MJHT")
    }

    @Test(
        "Anything else is no code",
        arguments: ["", "-", "WDJB-MJH", "WDJB-MJHTT", "WDJB-MJHA", "WDJB-MJHÄ", "ＷＤＪＢ-ＭＪＨＴ", "ЅDJB-MJHT"])
    func other(text: String) {
        #expect(UserCode(typed: text) == nil)
    }

    @Test("What is much longer than a code is not read at all")
    func length() {
        #expect(UserCode(typed: "WDJB-MJHT" + String(repeating: " ", count: 55)) != nil)
        #expect(UserCode(typed: "WDJB-MJHT" + String(repeating: " ", count: 56)) == nil)
    }
}
