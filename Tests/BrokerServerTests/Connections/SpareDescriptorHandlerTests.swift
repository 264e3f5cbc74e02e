import Glibc
import IdentityBroker
import NIOCore
import NIOEmbedded
import Testing

@testable import BrokerServer

@Suite("A listening socket")
struct SpareDescriptorHandlerTests {
    private let free = Locked(1)
    private let restCount = Locked(0)
    private let listener = EmbeddedChannel()

    init() throws {
        let handler = SpareDescriptorHandler(
            take: { [free] in
                free.withLock { free in
                    guard free > 0 else { return nil }
                    free -= 1
                    return 7
                }
            },
            give: { [free] _ in free.withLock { $0 += 1 } },
            rest: { [restCount] in restCount.withLock { $0 += 1 } }
        )
        try listener.pipeline.syncOperations.addHandler(handler)
    }

    private var freeCount: Int { free.withLock { $0 } }

    private func fail(_ code: CInt) {
        listener.pipeline.fireErrorCaught(IOError(errnoCode: code, reason: "accept"))
    }

    private func accept() throws -> EmbeddedChannel {
        let accepted = EmbeddedChannel(loop: listener.embeddedEventLoop)
        try accepted.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 2)).wait()
        listener.pipeline.fireChannelRead(accepted as any Channel)
        listener.embeddedEventLoop.run()
        return accepted
    }

    private func isPassedOn() throws -> Bool { try listener.readInbound(as: (any Channel).self) != nil }

    @Test("keeps one descriptor, and passes connections on")
    func ordinary() throws {
        #expect(freeCount == 0)
        #expect(try accept().isActive)
        #expect(try isPassedOn())
    }

    @Test(
        "releases its spare descriptor if none is left, and accepts another connection only to close it",
        arguments: [EMFILE, ENFILE])
    func exhausted(code: CInt) throws {
        fail(code)
        #expect(freeCount == 1)
        // The connection is accepted with the spare descriptor.
        free.withLock { $0 = 0 }
        let accepted = EmbeddedChannel(loop: listener.embeddedEventLoop)
        try accepted.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 2)).wait()
        accepted.closeFuture.whenComplete { [free] _ in free.withLock { $0 += 1 } }
        listener.pipeline.fireChannelRead(accepted as any Channel)
        listener.embeddedEventLoop.run()
        #expect(!accepted.isActive)
        #expect(try !isPassedOn())
        #expect(freeCount == 0)
        #expect(try accept().isActive)
        #expect(try isPassedOn())
        #expect(restCount.withLock { $0 } == 0)
    }

    @Test("pauses if even that does not help")
    func rest() throws {
        fail(EMFILE)
        free.withLock { $0 = 0 }
        fail(EMFILE)
        fail(EMFILE)
        #expect(restCount.withLock { $0 } == 2)
        free.withLock { $0 = 2 }
        #expect(try accept().isActive)
        #expect(try isPassedOn())
        #expect(freeCount == 1)
    }

    @Test("passes other errors on")
    func others() {
        fail(ECONNABORTED)
        #expect(throws: IOError.self) { try listener.throwIfErrorCaught() }
    }
}
