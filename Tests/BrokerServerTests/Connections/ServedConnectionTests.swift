import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import BrokerServer

@Suite("A served connection", .timeLimit(.minutes(15)))
struct ServedConnectionTests {
    /// A connection, and a stream that reports that it is being served.
    private func connection(_ channel: NIOAsyncTestingChannel) async throws -> (ServedConnection, AsyncStream<Void>) {
        let (servings, serving) = AsyncStream.makeStream(of: Void.self)
        let connection = try await channel.testingEventLoop.executeInContext {
            ServedConnection(try NIOAsyncChannel(wrappingChannelSynchronously: channel)) { messages in
                try? await messages.executeThenClose { _, _ in }
                serving.yield()
                serving.finish()
            }
        }
        return (connection, servings)
    }

    @Test("serves itself if forgotten: NIO would end the process")
    func forgotten() async throws {
        let channel = NIOAsyncTestingChannel()
        let servings: AsyncStream<Void>
        do {
            let (_, stream) = try await connection(channel)
            servings = stream
        }
        let count = await servings.reduce(0) { count, _ in count + 1 }
        #expect(count == 1)
    }

    @Test("is otherwise served once")
    func served() async throws {
        let channel = NIOAsyncTestingChannel()
        let (connection, servings) = try await connection(channel)
        await connection.run()
        let count = await servings.reduce(0) { count, _ in count + 1 }
        #expect(count == 1)
    }
}
