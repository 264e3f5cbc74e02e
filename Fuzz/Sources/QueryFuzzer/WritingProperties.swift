import Foundation
import FuzzSupport

@testable import WXAppClient

/// A written query is read back unchanged.
enum WritingProperties {
    static func check(_ text: String) {
        let encoded = PercentEncoding.encode(text)
        checkEncoding(text, encoded)

        let ticket = plantedTicket(from: text)
        let message = PercentEncoding.encode(String(String.UnicodeScalarView(text.unicodeScalars.prefix(64))))
        let query = "message=\(message)&ticket=\(PercentEncoding.encode(ticket))"
        checkSuccess(query, ticket)
        checkFailure(query, ticket)
        checkMessage(text, encoded)
    }

    private static func checkEncoding(_ text: String, _ encoded: String) {
        property(
            "What is encoded is unreserved characters and escapes",
            holds: encoded.utf8.allSatisfy { byte in
                switch UnicodeScalar(byte) {
                case "A"..."Z", "a"..."z", "0"..."9", "-", ".", "_", "~", "%": true
                default: false
                }
            }
        )
        property(
            "What is encoded is decoded", holds: PercentEncoding.decode(Array(encoded.utf8)[...]).isIdentical(to: text))
        property("Foundation decodes it alike", holds: encoded.removingPercentEncoding.map(text.isIdentical) == true)
    }

    /// A ticket that depends on the input, and that no text contains by chance.
    private static func plantedTicket(from text: String) -> String {
        let visible = text.utf8.prefix(64).map { 0x21 + $0 % 0x5E }
        return "planted-ticket-" + String(decoding: visible, as: UTF8.self)
    }

    private static func checkSuccess(_ query: String, _ ticket: String) {
        for callback in [
            "code=200&\(query)", "?\(query)&code=200", "\n https://example.com/back?code=%32%30%30&\(query)#top\r\n",
            "code=200&\(query)&\(query)&code=200",
        ] {
            property("The ticket that was written is read", holds: CallbackSummary(of: callback) == .authorized(ticket))
        }
    }

    private static func checkFailure(_ query: String, _ ticket: String) {
        property("Code 400 is a cancellation", holds: CallbackSummary(of: "code=400&\(query)") == .cancelled)
        for (callback, kind) in [
            ("code=500&\(query)", WXAppFailure.Kind.miniProgram), ("code=+500&\(query)", .codeMalformed),
            (query, .codeMissing), ("code=200&\(query)%0A", .ticketMalformed),
        ] {
            guard case .failed(let failure) = CallbackSummary(of: callback) else {
                property("A ticket without success fails", holds: false)
                return
            }
            property("A ticket without success fails as \(kind)", holds: failure.kind == kind)
            property("Beside a ticket no message is shown", holds: failure.untrustedMessage == nil)
            property("A failure does not repeat the ticket", holds: !String(reflecting: failure).holds(ticket))
        }
        checkAmbiguity(query, ticket)
    }

    private static func checkAmbiguity(_ query: String, _ ticket: String) {
        do throws(WXAppCallbackError) {
            _ = try WXAppCallback(query: "code=200&\(query)&ticket=another")
            property("Two tickets are none", holds: false)
        } catch {
            property("Two tickets are one too many", holds: error.code == "ticket_ambiguous")
            property("A refusal does not repeat the ticket", holds: !String(reflecting: error).holds(ticket))
        }
    }

    private static func checkMessage(_ text: String, _ encoded: String) {
        guard encoded.utf8.count < WXAppCallback.maximumLength - 32 else { return }
        guard case .failed(let failure) = CallbackSummary(of: "code=-7&message=\(encoded)") else {
            property("A code of failure fails", holds: false)
            return
        }
        property("The code is the mini program's", holds: failure.upstreamCode == -7)
        let isShort = text.unicodeScalars.count <= WXAppFailure.maximumMessageLength
        guard isShort, text.isOneVisibleLine, !text.isEmpty else { return }
        property("A plain message is shown as it is", holds: failure.untrustedMessage.map(text.isIdentical) == true)
    }
}
