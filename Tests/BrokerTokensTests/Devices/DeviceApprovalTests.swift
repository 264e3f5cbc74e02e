import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A person who approves a device")
struct DeviceApprovalTests {
    @Test("Without a session, or with one of a provider that the client may not use, a login is needed")
    func login() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin()
        let stranger = BrowserDouble(bench.login)
        for body in [
            { _ = try await bench.service.deviceLogin(codes.userCode.reveal(), in: stranger.cookies) },
            {
                try await bench.service.answerDeviceLogin(
                    codes.userCode.reveal(), in: stranger.cookies, isAllowed: true)
            },
        ] as [() async throws -> Void] {
            #expect(try await refusal(of: body).code == .loginRequired)
        }
        #expect(try await bench.refusal(of: codes) == .authorizationPending)
        let shop = try await bench.begin("shop-tv")
        #expect(try await refusal { try await bench.answer(shop) }.code == .loginRequired)
        #expect(try await bench.refusal(of: shop, as: "shop-tv") == .authorizationPending)
    }

    @Test("A wrong code, one that has expired and one that was answered get the same answer")
    func wrong() async throws {
        let bench = try await DeviceBench()
        let (answered, expired) = (try await bench.begin(), try await bench.begin())
        try await bench.answer(answered)
        bench.clock.advance(by: .seconds(600))
        let texts = ["", "BBBB-BBBB", "not a code", answered.userCode.reveal(), expired.userCode.reveal()]
        var refusals: Set<OAuthError> = []
        for text in texts {
            refusals.insert(try await refusal { try await bench.service.deviceLogin(text, in: bench.person.cookies) })
        }
        #expect(refusals.count == 1 && refusals.first?.code == .invalidRequest)
    }

    @Test("A person can enter 30 codes in ten minutes, however many at once, and a guess among more is not looked up")
    func bound() async throws {
        let bench = try await DeviceBench()
        let (service, cookies) = (bench.service, bench.person.cookies)
        let limited = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    do {
                        _ = try await service.deviceLogin("BBBB-BBBB", in: cookies)
                        return false
                    } catch { return (error as? OAuthError)?.kind == .rateLimited }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(limited >= 170 - 8)
        let record = try #require(try await bench.login.records(UserCodeEntries.self).first)
        #expect(record.body.count <= 30)
        // The rest may have lost too many races.
        for _ in 0..<max(0, 30 - record.body.count) {
            _ = try await refusal { try await service.deviceLogin("", in: cookies) }
        }
        let codes = try await bench.begin()
        let error = try await refusal { try await bench.answer(codes) }
        #expect(error.kind == .rateLimited && error.retryAfter == .seconds(600))
        #expect(try await bench.refusal(of: codes) == .authorizationPending)
        bench.clock.advance(by: .seconds(600))
        let later = try await bench.begin()
        try await bench.answer(later)
        _ = try await bench.poll(later)
    }

    @Test("The end of the session ends what was approved in it, before and after the device asks")
    func sessionEnd() async throws {
        let bench = try await DeviceBench()
        let (early, late) = (try await bench.begin(), try await bench.begin())
        try await bench.answer(early)
        let tokens = try await bench.poll(early)
        try await bench.answer(late)
        #expect(
            try await bench.service.logOut("", in: bench.person.cookies, isConfirmed: true)
                == .signedOut(destination: nil))
        #expect(try await bench.refusal(of: late) == .invalidGrant)
        #expect(try await refusal { try await bench.service.userInfo(tokens.accessToken) }.code == .invalidToken)
    }

    @Test("A session that has ended by its lifetime gives a device nothing")
    func sessionExpiry() async throws {
        let bench = try await DeviceBench(sessions: SessionLifetimes(idle: .seconds(60), lifetime: .seconds(60)))
        let codes = try await bench.begin()
        try await bench.answer(codes)
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.refusal(of: codes) == .invalidGrant)
    }

    @Test("Of many answers to one device, one counts")
    func race() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin()
        let (service, cookies, userCode) = (bench.service, bench.person.cookies, codes.userCode.reveal())
        let counted = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<10 {
                group.addTask {
                    do {
                        try await service.answerDeviceLogin(userCode, in: cookies, isAllowed: number.isMultiple(of: 2))
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(counted == 1)
        #expect(bench.login.events(.deviceApproval).filter { $0.failure == nil }.count == 1)
    }

    @Test("Codes and secrets are in no record of the store")
    func secrecy() async throws {
        let bench = try await DeviceBench()
        let codes = try await bench.begin()
        _ = try await bench.look(codes)
        let kinds = [DeviceAuthorization.recordKind, UserCodeRecord.recordKind, UserCodeEntries.recordKind]
        for kind in kinds {
            let page = try await bench.login.store.memory.records(
                .all(kind), after: nil, atMost: 100, at: .distantPast)
            #expect(!page.records.isEmpty)
            for record in page.records {
                let text = "\(record.key.id.rawValue) \(String(decoding: record.body, as: UTF8.self))"
                let userCode = codes.userCode.reveal()
                for secret in [codes.deviceCode.reveal(), userCode, userCode.filter(\.isLetter)] {
                    #expect(!text.contains(secret))
                }
            }
        }
    }

    @Test("Too many devices make the oldest give way that no one has looked at, and none that someone has")
    func waiting() async throws {
        let bench = try await DeviceBench()
        bench.service.devices.withLock {
            $0 = PendingRecords(PendingRecords.Limits(total: 2, client: 2), lifetime: DeviceAuthorization.lifetime)
        }
        let (first, second) = (try await bench.begin(), try await bench.begin())
        _ = try await bench.look(first)
        let third = try await bench.begin()
        #expect(try await bench.refusal(of: second) == .invalidGrant)
        _ = try await bench.look(third)
        #expect(try await refusal { try await bench.begin() }.kind == .rateLimited)
        try await bench.answer(first)
        _ = try await bench.poll(first)
        #expect(try await bench.refusal(of: bench.begin()) == .authorizationPending, "what is redeemed makes room")
    }
}
