import FuzzSupport
import IdentityBroker
import WXAppClient
import WXAppProvider

/// What the reader of the mini program's query guarantees for every text.
enum QueryProperties {
    static func check(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        checkReading(text)
        checkCredential(text)
        WritingProperties.check(text)
        LaunchProperties.check(text)
    }

    private static func checkReading(_ query: String) {
        let summary = CallbackSummary(of: query)
        let isTooLong = query.utf8.count > WXAppCallback.maximumLength
        property(
            "Only what is too long is refused for it", holds: (summary == .refused("callback_too_long")) == isTooLong)
        switch summary {
        case .authorized(let ticket):
            property("A ticket is visible ASCII", holds: ticket.isVisibleASCII)
        case .cancelled:
            break
        case .failed(let failure):
            checkFailure(failure)
        case .refused(let code):
            let codes = ["callback_too_long", "code_ambiguous", "ticket_ambiguous"]
            property("A query is refused for one of its reasons", holds: codes.contains(code))
        }
        property("WeChat's success is what the query says", holds: CallbackSummary(errCode: 0, of: query) == summary)
        property("Going back is a cancellation", holds: CallbackSummary(errCode: -2, of: query) == .cancelled)
    }

    private static func checkFailure(_ failure: WXAppFailure) {
        property("A description is one line", holds: failure.description.isOneVisibleLine)
        property(
            "Only the mini program's failures have a code",
            holds: (failure.upstreamCode != nil) == (failure.kind == .miniProgram)
        )
        guard let message = failure.untrustedMessage else { return }
        let length = message.unicodeScalars.count
        property("A message is bounded", holds: (1...WXAppFailure.maximumMessageLength).contains(length))
        property("A message is one line", holds: message.isOneVisibleLine)
    }

    /// The provider reads a query as the client does.
    private static func checkCredential(_ query: String) {
        let summary = CallbackSummary(of: query)
        do throws(BrokerError) {
            let credential = try WXAppProvider.credential(fromCallback: query)
            property("A query yields a ticket", holds: credential.kind == .ticket)
            property("The ticket is the query's", holds: summary == .authorized(credential.value.reveal()))
        } catch {
            switch summary {
            case .authorized:
                property("A ticket is passed on", holds: false)
            case .cancelled:
                property("Who left has cancelled", holds: error.kind == .cancelledByUser)
            case .failed, .refused:
                property("What failed is no credential", holds: error.kind == .invalidCredential)
            }
            property("A message is one line", holds: error.message.isOneVisibleLine)
        }
    }
}
