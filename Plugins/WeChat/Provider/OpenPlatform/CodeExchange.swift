import Foundation
import IdentityBroker
import StrictJSON
import UpstreamAPI
import WeChatFamily

/// The exchange that website, mobile app and official account have in common: a code for the user's token and ids, and the
/// token for the profile.
struct CodeExchange: Sendable {
    let account: Account
    /// Whether the scope covers the profile.
    let asksForProfile: Bool

    /// A profile that was read.
    private struct Known {
        let members: JSONObject
        let ids: PersonIDs
    }

    func identity(for code: Secret, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let request = account.redemption(
            of: code, as: "code", at: account.api.appending("sns", "oauth2", "access_token"))
        let answer = try await exchange.send(request).object(from: .token, at: exchange.now)
        let ids = try PersonIDs(answer, from: .token)
        try refuseSnapshot(in: answer)
        guard let token = answer.text("access_token") else {
            throw BrokerError.misbehaved("WeChat's sns/oauth2/access_token answered without a token.")
        }
        let profile = try await profile(of: ids, with: token, in: exchange)
        var answers = [(ids: ids, endpoint: APIEndpoint.token)]
        if case .success(let known) = profile {
            try refuseSnapshot(in: known.members)
            answers.append((known.ids, .profile))
        }
        // Only the profile may have the unionid that is the subject.
        if case .failure(let error) = profile, account.subject == .unionid, ids.unionid == nil { throw error }
        if !asksForProfile, account.subject == .unionid, ids.unionid == nil {
            throw BrokerError.misconfigured(
                """
                WeChat gives no unionid with the scope snsapi_base. Set scope to snsapi_userinfo, and bind the app to the \
                account of the WeChat Open Platform that openPlatform names.
                """)
        }
        var identity = try account.identity(of: answers)
        fill(&identity, from: profile)
        identity.token = Secret(token)
        let members = (try? profile?.get())?.members
        identity.furtherSecrets = answer.secrets + (members?.secrets ?? [])
        // The closure lives as long as the identity, so nothing secret goes into it.
        let (shownAnswer, shownProfile) = (answer.shown, members?.shown ?? [:])
        identity.setRecord {
            var record = shownAnswer
            for member in shownProfile { record[member.name] = member.value }
            return .object(record)
        }
        return identity
    }

    /// The profile, or why there is none; nil if it is not asked for.
    ///
    /// - Throws: ``BrokerError`` if the login is over.
    private func profile(
        of ids: PersonIDs,
        with token: String,
        in exchange: ExchangeContext
    ) async throws -> Result<Known, BrokerError>? {
        guard asksForProfile else { return nil }
        // Half, so that a hanging endpoint cannot fail a login that needs no answer of it.
        let part = exchange.limited(to: exchange.deadline.remaining / 2)
        do {
            return .success(try await known(of: ids, with: token, in: part))
        } catch {
            guard let error = error as? BrokerError, error.kind != .cancelled, !exchange.deadline.isOver,
                !Refusal.endsLogin(error)
            else {
                throw error
            }
            return .failure(error)
        }
    }

    private func known(of ids: PersonIDs, with token: String, in exchange: ExchangeContext) async throws -> Known {
        let request = UpstreamRequest.get(
            account.api.appending("sns", "userinfo"),
            FormFields(["access_token": token, "openid": ids.openid, "lang": "zh_CN"]))
        let members = try await exchange.send(request).repaired.object(from: .profile, at: exchange.now)
        return Known(members: members, ids: try PersonIDs(members, from: .profile))
    }

    private func fill(_ identity: inout UpstreamIdentity, from profile: Result<Known, BrokerError>?) {
        var notices: [WeChatNotice] = []
        switch profile {
        case .success(let known): Profile(known.members).fill(&identity.claims, &notices)
        case .failure: notices.append(.profileUnreadable)
        case nil: break
        }
        identity.notices = notices.map(\.notice)
    }

    /// In a page that WeChat opened as a snapshot, everyone has ids, a name and a picture that are made up
    /// (`is_snapshotuser`). Whatever is not clearly a no counts as yes.
    private func refuseSnapshot(in answer: JSONObject) throws(BrokerError) {
        switch answer["is_snapshotuser"] {
        case nil, .null, .bool(false): return
        case let flag? where flag.wholeNumber == 0: return
        default:
            throw BrokerError(
                .interactionRequired,
                """
                WeChat shows the page as a snapshot, in which users have made-up ids. The user has to open the whole page \
                first, and sign in there.
                """)
        }
    }
}
