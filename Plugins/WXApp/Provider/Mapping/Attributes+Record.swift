import Foundation
import IdentityBroker
import StrictJSON

extension JSONObject {
    /// What GenAuth knows about the account that no standard claim covers. Empty and unreadable values are omitted.
    init(_ record: GenAuthUserRecord, tokenExpiry: Date?, _ notices: inout [WXAppNotice]) {
        self.init(minimumCapacity: 7)
        self["company"] = Self.text(record.company)
        self["last_login"] = Self.time(record.lastLogin)
        self["logins_count"] = record.loginsCount?.wholeNumber.map(JSONValue.integer)
        self["metadata"] = Self.metadata(record, &notices)
        self["register_method"] = Self.text(record.registerMethod)
        self["signed_up"] = Self.time(record.signedUp ?? record.createdAt)
        self["upstream_token_expires_at"] = tokenExpiry.map { .string(UpstreamTime($0).text) }
    }

    private static func time(_ text: String?) -> JSONValue? {
        text.flatMap(UpstreamTime.init).map { .string($0.text) }
    }

    private static func text(_ text: String?) -> JSONValue? {
        text.flatMap(DisplayText.cleaned).map(JSONValue.string)
    }

    private static func metadata(_ record: GenAuthUserRecord, _ notices: inout [WXAppNotice]) -> JSONValue? {
        switch EmbeddedJSON(record.metadata) {
        case .absent:
            return nil
        case .value(let value):
            return RecordRedaction.redacted(value)
        case .unreadable(let text):
            notices.append(.metadataUnreadable)
            return .string(text)
        }
    }
}
