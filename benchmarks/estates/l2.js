// The estate by L2 constructs in JavaScript, on Node alone: line by line what l2.py does.
// node l2.js ESTATE ASSEMBLY, with NODE_PATH naming a folder in which aws-cdk-lib and constructs are.
"use strict";
const fs = require("fs");
const cdk = require("aws-cdk-lib");
const cloudwatch = require("aws-cdk-lib/aws-cloudwatch");
const events = require("aws-cdk-lib/aws-events");
const targets = require("aws-cdk-lib/aws-events-targets");
const schemas = require("aws-cdk-lib/aws-eventschemas");
const iam = require("aws-cdk-lib/aws-iam");
const logs = require("aws-cdk-lib/aws-logs");
const sqs = require("aws-cdk-lib/aws-sqs");

const DAY = 24 * 3600;
const DETAIL_TYPE = "OrderPlaced.v1";
const EVENT = "order-placed-v1";
const MANAGE = ["DeleteRule", "DescribeRule", "DisableRule", "EnableRule", "ListTagsForResource", "ListTargetsByRule",
  "RemoveTargets", "TagResource", "UntagResource"].map((action) => `events:${action}`);
const QUERIES = [
  ["dead-lettered", "InvocationsSentToDlq", "SUM", 0, 1, (bus) => `Events of bus ${bus} went to dead-letter queues, the owner's or a consumer's`],
  ["failed", "FailedInvocations", "SUM", 0, 1, (bus) => `Rules of bus ${bus} failed for good to deliver events`],
  ["lost", "InvocationsFailedToBeSentToDlq", "SUM", 0, 1, (bus) => `Events of bus ${bus} are lost: neither delivered nor in the dead-letter queue of their rule`],
  ["slow", "IngestionToInvocationSuccessLatency", "MAX", 60000, 3, (bus) => `Deliveries of bus ${bus} are late for fifteen minutes, tries that failed included`],
  ["throttled", "ThrottledRules", "SUM", 0, 1, (bus) => `Rules of bus ${bus} are throttled, so events are late`],
];

const [estateFile, outdir] = process.argv.slice(2);
const estate = JSON.parse(fs.readFileSync(estateFile, "utf8"));
const region = estate.region;

class Names {
  constructor(service, account) {
    this.service = service;
    this.account = account;
    this.bus = `acme-prod-${service}`;
    this.busArn = `arn:aws:events:${region}:${account}:event-bus/${this.bus}`;
    this.source = `com.acme.${service}`;
    this.logGroup = `/aws/vendedlogs/events/event-bus/${this.bus}--bus`;
  }
  ruleArn(name) { return `arn:aws:events:${region}:${this.account}:rule/${this.bus}/${name}`; }
  logArn(kind, name) { return `arn:aws:logs:${region}:${this.account}:${kind}:${name}`; }
}

const names = Object.fromEntries(estate.services.map((each) => [each.name, new Names(each.name, each.account)]));

function busStatements(own, consumers) {
  const found = [{
    Sid: `${own.bus}--publish`, Effect: "Allow", Principal: { AWS: `arn:aws:iam::${own.account}:root` },
    Action: "events:PutEvents", Resource: own.busArn,
    Condition: { StringEquals: { "events:source": own.source, "events:detail-type": DETAIL_TYPE } },
  }];
  const only = {
    "ForAllValues:StringEquals": { "events:source": [own.source], "events:detail-type": [DETAIL_TYPE] },
    Null: { "events:source": "false", "events:detail-type": "false" },
  };
  const creator = { StringEqualsIfExists: { "events:creatorAccount": "${aws:PrincipalAccount}" } };
  const three = (sid, principal, rules, who, target) => {
    const common = { Effect: "Allow", Principal: principal, Resource: rules };
    found.push(
      { Sid: `${sid}--manage`, ...common, Action: MANAGE, Condition: who },
      { Sid: `${sid}--rules`, ...common, Action: "events:PutRule", Condition: { ...who, ...only } },
      { Sid: `${sid}--targets`, ...common, Action: "events:PutTargets", Condition: { ...who, ArnLike: { "events:TargetArn": target } } },
    );
  };
  if (estate.organization) {
    three(`${own.bus}--organization`, "*", own.ruleArn("*"),
      { StringEquals: { "aws:PrincipalOrgID": estate.organization }, ...creator },
      "arn:aws:events:*:${aws:PrincipalAccount}:event-bus/*");
  } else {
    for (const each of consumers) {
      three(`${own.bus}--${each.service}`, { AWS: `arn:aws:iam::${each.account}:root` }, own.ruleArn(`${each.bus}--*`),
        creator, each.busArn);
    }
  }
  return found;
}

function alarm(stack, id, alarmName, alarmDescription, metric, threshold, evaluationPeriods, datapointsToAlarm) {
  new cloudwatch.Alarm(stack, id, {
    alarmName, alarmDescription, metric, threshold, evaluationPeriods, datapointsToAlarm,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

function makeBus(stack, member, own, consumers) {
  const bus = new events.EventBus(stack, "Bus", {
    eventBusName: own.bus, description: `Events of ${own.service}`,
    logConfig: { includeDetail: events.IncludeDetail.NONE, level: events.Level.ERROR },
  });
  for (const statement of busStatements(own, consumers)) {
    bus.addToResourcePolicy(iam.PolicyStatement.fromJson(statement));
  }
  new events.CfnArchive(stack, "Archive", {
    archiveName: own.bus, description: `All events of bus ${own.bus}, for replay`, retentionDays: 30,
    sourceArn: bus.eventBusArn,
  });
  for (const [name, metric, what, threshold, datapoints, text] of QUERIES) {
    alarm(stack, `${metric}Alarm`, `${own.bus}--bus-${name}`, text(own.bus), new cloudwatch.MathExpression({
      expression: `SELECT ${what}(${metric}) FROM SCHEMA("AWS/Events", EventBusName, RuleName) WHERE EventBusName = '${own.bus}'`,
      label: metric, period: cdk.Duration.minutes(5),
    }), threshold, 3, datapoints);
  }
  alarm(stack, "PublishFailedAlarm", `${own.bus}--publish-failed`,
    `Entries of PutEvents are refused in account ${own.account}, ${region}, whichever bus they are for`,
    new cloudwatch.Metric({
      namespace: "AWS/Events", metricName: "PutEventsFailedEntriesCount", period: cdk.Duration.minutes(5), statistic: "Sum",
    }), 0, 3, 1);
  new cloudwatch.CfnDashboard(stack, "Dashboard", { dashboardName: `${own.bus}--${region}`, dashboardBody: member.dashboard });
  makeLogs(stack, own, bus);
  const registry = new schemas.CfnRegistry(stack, "Registry", {
    registryName: own.bus, description: `Contracts of the events that ${own.service} publishes`,
  });
  new schemas.CfnSchema(stack, "Schema", {
    registryName: registry.attrRegistryName, schemaName: `${own.source}@${DETAIL_TYPE}`, type: "JSONSchemaDraft4",
    description: "An order", content: member.schema,
  });
  return bus;
}

function makeLogs(stack, own, bus) {
  const group = new logs.CfnLogGroup(stack, "LogGroup", {
    logGroupName: own.logGroup, retentionInDays: 30,
    resourcePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{
        Sid: "AllowBusLogs", Effect: "Allow", Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: own.logArn("log-group", `${own.logGroup}:log-stream:*`),
        Condition: {
          StringEquals: { "aws:SourceAccount": own.account },
          ArnLike: { "aws:SourceArn": own.logArn("delivery-source", `${own.bus}--bus-error-logs`) },
        },
      }],
    },
  });
  const source = new logs.CfnDeliverySource(stack, "LogSource", {
    name: `${own.bus}--bus-error-logs`, logType: "ERROR_LOGS", resourceArn: bus.eventBusArn,
  });
  const destination = new logs.CfnDeliveryDestination(stack, "LogDestination", {
    name: `${own.bus}--bus-logs`, destinationResourceArn: own.logArn("log-group", own.logGroup),
  });
  destination.addResourceDependency(group);
  const delivery = new logs.CfnDelivery(stack, "LogDelivery", {
    deliverySourceName: `${own.bus}--bus-error-logs`, deliveryDestinationArn: destination.attrArn,
  });
  delivery.addResourceDependency(source);
}

function makeDeadLetters(stack, name) {
  const queue = new sqs.Queue(stack, "DeadLetters", {
    queueName: name, retentionPeriod: cdk.Duration.days(14), encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true,
    removalPolicy: cdk.RemovalPolicy.DESTROY,
  });
  const how = { period: cdk.Duration.minutes(5), statistic: "Maximum" };
  alarm(stack, "DeadLettersAlarm", name, `Events that could not be delivered are in queue ${name}`,
    queue.metricApproximateNumberOfMessagesVisible(how), 0, 1);
  alarm(stack, "DeadLettersAgeAlarm", `${name}-age`, `Events that could not be delivered have been in queue ${name} for 24 hours`,
    queue.metricApproximateAgeOfOldestMessage(how), DAY, 1);
  return queue;
}

function makeInbox(stack, own, bus, producers) {
  const deadLetters = makeDeadLetters(stack, `${own.bus}--dead-letters`);
  producers.forEach((producer, number) => {
    const name = `${own.bus}--${producer}-${EVENT}`;
    const queue = new sqs.Queue(stack, `Queue${number}`, {
      queueName: name, retentionPeriod: cdk.Duration.days(14), encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true, removalPolicy: cdk.RemovalPolicy.DESTROY, deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    new events.Rule(stack, `Rule${number}`, {
      ruleName: name, eventBus: bus, description: `${own.service} delivers ${DETAIL_TYPE} to a queue`,
      eventPattern: { source: [`com.acme.${producer}`], detailType: [DETAIL_TYPE] },
      targets: [new targets.SqsQueue(queue, { deadLetterQueue: deadLetters, retryAttempts: 185, maxEventAge: cdk.Duration.days(1) })],
    });
  });
}

function makeSubscriptions(stack, own, producers) {
  const name = `${own.bus}--${EVENT}`;
  const deadLetters = makeDeadLetters(stack, `${own.bus}--subscription-dead-letters`);
  deadLetters.addToResourcePolicy(new iam.PolicyStatement({
    sid: "AllowRules", principals: [new iam.ServicePrincipal("events.amazonaws.com")], actions: ["sqs:SendMessage"],
    resources: [deadLetters.queueArn],
    conditions: { ArnEquals: { "aws:SourceArn": producers.map((producer) => producer.ruleArn(name)) } },
  }));
  producers.forEach((producer, number) => {
    const role = new iam.Role(stack, `Role${number}`, {
      roleName: `${own.bus}--from-${producer.service}--${region}`,
      description: `Delivers events of ${producer.service} to bus ${own.bus}`,
      assumedBy: new iam.ServicePrincipal("events.amazonaws.com", {
        conditions: {
          ArnLike: { "aws:SourceArn": producer.ruleArn(`${own.bus}--*`) },
          StringEquals: { "aws:SourceAccount": producer.account },
        },
      }),
      inlinePolicies: {
        deliver: new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({ actions: ["events:PutEvents"], resources: [own.busArn] })],
        }),
      },
    });
    new events.CfnRule(stack, `Rule${number}`, {
      name, description: `${own.service} takes ${DETAIL_TYPE}`, eventBusName: producer.busArn, state: "ENABLED",
      eventPattern: { source: [producer.source], "detail-type": [DETAIL_TYPE] },
      targets: [{
        id: `${own.bus}--bus`, arn: own.busArn, roleArn: role.roleArn, deadLetterConfig: { arn: deadLetters.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: DAY, maximumRetryAttempts: 185 },
      }],
    });
  });
}

const stackOf = (app, own, what) =>
  new cdk.Stack(app, `${own.service}-${what}`, { stackName: `${own.bus}--${what}`, env: { account: own.account, region } });

const started = performance.now();
const app = new cdk.App({ outdir });
const stacks = {};
for (const member of estate.services) {
  const own = names[member.name];
  const stack = (stacks[member.name] = stackOf(app, own, "bus"));
  const bus = makeBus(stack, member, own, estate.consumers[member.name].map((each) => names[each]));
  if (member.consumes.length) makeInbox(stack, own, bus, member.consumes);
}
for (const member of estate.services) {
  if (!member.consumes.length) continue;
  const stack = stackOf(app, names[member.name], "subscriptions");
  makeSubscriptions(stack, names[member.name], member.consumes.map((each) => names[each]));
  for (const needed of [member.name, ...member.consumes]) stack.addStackDependency(stacks[needed]);
}
const built = performance.now();
app.synth();
const done = performance.now();
console.log(JSON.stringify({
  build: (built - started) / 1000, synth: (done - built) / 1000, calls: 0, MB: 0,
  "node MB": process.resourceUsage().maxRSS / 1024,
}));
