import Foundation
import IdentityBroker
import StrictJSON
import UpstreamAPI

/// What `encrypted_data` turned out to be.
enum DecryptedRecord {
    /// The user's profile, with the ids (`wx.getUserInfo`) or without them (`wx.getUserProfile`).
    case profile(JSONObject)
    /// The user's phone number.
    case phone(PhoneStatement, JSONObject)

    /// Reads a record that decrypted with the user's session key.
    ///
    /// The key proves WeChat and the user, but CBC protects no message from its owner: who knows a plaintext can choose the
    /// first block of another one, and put blocks after it that they know, such as the name that they gave themselves. So
    /// the record must have every member of its kind, and those that state one fact must agree: to forge all of them takes
    /// more than one free block.
    ///
    /// - Parameters:
    ///   - ids: The user's, by the code.
    ///   - age: How old the watermark may be.
    /// - Throws: ``BrokerError`` of kind `invalidCredential`.
    init(
        _ members: JSONObject,
        of ids: PersonIDs,
        for appId: String,
        noOlderThan age: Duration,
        at now: Date
    ) throws(BrokerError) {
        guard let watermark = Watermark(members), watermark.names(appId) else {
            throw .refused("encrypted_data is of another app than the one that appId names.")
        }
        if let fault = watermark.fault(olderThan: age, at: now) {
            throw .refused("encrypted_data \(fault). The app has to ask WeChat for it again.")
        }
        let isProfile = members["openId"] != nil || members["nickName"]?.string != nil
        switch (isProfile, Self.phoneNames.contains { members[$0] != nil }) {
        case (true, false):
            guard Self.agrees(members["openId"], with: ids.openid), Self.agrees(members["unionId"], with: ids.unionid)
            else { throw .refused("encrypted_data is another user's.") }
            self = .profile(members)
        case (false, true):
            let statement = PhoneStatement(members)
            guard statement != .contradictory, members["nickName"] == nil else {
                throw .refused("encrypted_data contradicts itself on the phone number.")
            }
            self = .phone(statement, members)
        default:
            throw .refused("encrypted_data is neither the user's profile nor the user's phone number.")
        }
    }

    private static let phoneNames = ["phoneNumber", "purePhoneNumber", "countryCode"]

    /// Whether an id in the record is the one of WeChat's answer. `wx.getUserProfile` gives neither id, and an app that is
    /// bound to no Open Platform account has no unionid to compare.
    private static func agrees(_ member: JSONValue?, with id: String?) -> Bool {
        guard let id, let member, !member.isNull, member != "" else { return true }
        return member.string?.utf8.elementsEqual(id.utf8) == true
    }
}
