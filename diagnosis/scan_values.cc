#include "diagnosis/scan_values.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace sigvet {
namespace {

constexpr std::string_view kRegions[] = {
    "us-east-1",      "eu-west-1",      "us-west-2",      "eu-central-1",   "us-east-2",
    "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ap-south-1",     "eu-west-2",
    "us-west-1",      "ca-central-1",   "eu-west-3",      "eu-north-1",     "sa-east-1",
    "ap-northeast-2", "ap-northeast-3", "af-south-1",     "ap-east-1",      "ap-east-2",
    "ap-south-2",     "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
    "ap-southeast-7", "ca-west-1",      "eu-central-2",   "eu-south-1",     "eu-south-2",
    "eusc-de-east-1", "il-central-1",   "me-central-1",   "me-south-1",     "mx-central-1",
    "us-gov-east-1",  "us-gov-west-1",  "cn-north-1",     "cn-northwest-1", "us-iso-east-1",
    "us-iso-west-1",  "us-isob-east-1", "us-isob-west-1", "us-isof-east-1", "us-isof-south-1",
    "eu-isoe-west-1", "aws-global",
};

// With a blank between two: the formatter would give each a line of its own.
constexpr std::string_view kServices =
    "ses email email-smtp smtp s3 execute-api es aoss sts iam ec2 lambda dynamodb sqs sns kms "
    "monitoring logs events states bedrock bedrock-runtime IoTSecuredTunneling "
    "a2i-runtime.sagemaker access-analyzer account acm acm-pca aco-automation admin.wickr "
    "agreement-marketplace aidevops aiops airflow airflow-serverless amazonses amplify "
    "amplifybackend amplifyuibuilder api.detective api.ecr api.ecr-public api.iotdeviceadvisor "
    "api.iotmanagedintegrations api.iotwireless api.mediatailor api.pricing api.sagemaker "
    "api.tunneling.iot apigateway app-integrations appconfig appconfigdata appfabric appflow "
    "application-autoscaling application-cost-profiler application-signals applicationinsights "
    "appmesh apprunner appstream appstream2 appsync aps arc-region-switch arc-zonal-shift "
    "artifact athena auditmanager autoscaling autoscaling-plans aws aws-marketplace "
    "awsssoportal b2bi backup backup-gateway backup-search batch bcm-dashboards "
    "bcm-data-exports bcm-pricing-calculator bcm-recommended-actions bedrock-agent "
    "bedrock-agent-runtime bedrock-agentcore bedrock-agentcore-control bedrock-data-automation "
    "bedrock-data-automation-runtime billing billingconductor braket budgets cases cassandra "
    "cassandra-streams catalog.marketplace ce chatbot chime cleanrooms cleanrooms-ml cloud9 "
    "cloudcontrolapi clouddirectory cloudformation cloudfront cloudfront-keyvaluestore "
    "cloudhsm cloudhsmv2 cloudsearch cloudsearchdomain cloudtrail cloudtrail-data cloudwatch "
    "cloudwatchlogs codeartifact codebuild codecatalyst codecommit codeconnections codedeploy "
    "codeguru-profiler codeguru-reviewer codeguru-security codepipeline codestar-connections "
    "codestar-notifications cognito cognito-identity cognito-idp cognito-sync comprehend "
    "comprehendmedical compute-optimizer config connect connect-campaigns contact-lens "
    "controlcatalog controlplane.payment-cryptography controltower cost-optimization-hub cur "
    "data-ats.iot data-signer data.iot data.iotevents data.jobs.iot data.mediastore data.qapps "
    "databrew dataexchange datapipeline dataplane.payment-cryptography datasync datazone dax "
    "deadline deployment-marketplace detective devicefarm devops-guru directconnect discovery "
    "discovery-marketplace dlm dms docdb-elastic drs ds ds-data dsql ebs ec2-instance-connect "
    "ecr ecr-public ecr.dkr ecs edge.sagemaker efs eks eks-auth elasticache elasticbeanstalk "
    "elasticfilesystem elasticloadbalancing elasticmapreduce elasticsearch elb "
    "elemental-inference emr emr-containers emr-serverless entitlement.marketplace "
    "entityresolution eventbridge evs featurestore-runtime.sagemaker finspace finspace-api "
    "firehose fis fms forecast forecastquery frauddetector freetier fsx gamelift "
    "gameliftstreams geo geo-maps geo-places geo-routes glacier globalaccelerator glue grafana "
    "greengrass groundstation guardduty health health-agent healthlake identity-chime "
    "identitystore imagebuilder importexport ingest.timestream inspector inspector-scan "
    "inspector2 interconnect internetmonitor invoicing iot iot-jobs-data iotdata "
    "iotdeviceadvisor iotdevicegateway iotevents ioteventsdata iotfleetwise "
    "iotmanagedintegrations iotsitewise iotthingsgraph iottwinmaker iotwireless ivs ivschat "
    "ivsrealtime kafka kafkaconnect kendra kendra-ranking kinesis kinesisanalytics "
    "kinesisvideo lakeformation lambda-url launchwizard lex license-manager "
    "license-manager-linux-subscriptions license-manager-user-subscriptions lightsail "
    "lookoutequipment m2 machinelearning macie2 mail-manager managedblockchain "
    "managedblockchain-query marketplacecommerceanalytics media-pipelines-chime mediaconnect "
    "mediaconvert medialive mediapackage mediapackage-vod mediapackagev2 mediastore "
    "mediatailor medical-imaging meetings-chime memory-db memorydb messaging-chime "
    "metering.marketplace metrics.sagemaker mgh mgn migrationhub-config "
    "migrationhub-orchestrator migrationhub-strategy mobiletargeting models-v2-lex models.lex "
    "mpa mq mturk-requester neptune-db neptune-graph network-firewall networkflowmonitor "
    "networkmanager networkmonitor notifications notifications-contacts nova-act oam "
    "observabilityadmin odb oidc omics opensearch organizations osis outposts panorama "
    "participant.connect partnercentral-account partnercentral-benefits partnercentral-channel "
    "partnercentral-selling payment-cryptography pca-connector-ad pca-connector-scep pcs "
    "personalize personalize-events personalize-runtime pi pinpoint pipes polly portal.sso "
    "pricing profile prometheus proton qapps qbusiness query.timestream quicksight ram rbin "
    "rds rds-data rds-db redshift redshift-data redshift-serverless refactor-spaces "
    "rekognition reporting-marketplace repostspace resiliencehub resource-explorer-2 "
    "resource-groups rolesanywhere route53 route53-recovery-cluster "
    "route53-recovery-control-config route53-recovery-readiness route53domains "
    "route53globalresolver route53profiles route53resolver rtbfabric rum runtime-v2-lex "
    "runtime.lex runtime.sagemaker s3-control s3-object-lambda s3-outposts s3express s3files "
    "s3tables s3v4 s3vectors sagemaker sagemaker-geospatial savingsplans scheduler schemas scn "
    "sdb secretsmanager security-ir securityagent securityhub securitylake serverlessrepo "
    "service servicecatalog servicecatalog-appregistry servicediscovery servicequotas ses-smtp "
    "sesv2 shield signer signin simspaceweaver sms-voice sms-voice.pinpoint "
    "snow-device-management snowball social-messaging ssm ssm-contacts ssm-guiconnect "
    "ssm-incidents ssm-quicksetup ssm-sap sso sso-oauth stepfunctions storagegateway "
    "streams.dynamodb support supportapp sustainability swf synthetics tagging tax textract "
    "thinclient timestream timestream-influxdb tnb transcribe transfer translate "
    "trustedadvisor uxc verifiedpermissions voice-chime voiceid vpc-lattice vpc-lattice-svcs "
    "waf waf-regional wafv2 wellarchitected wickr wisdom workdocs workmail workmailmessageflow "
    "workspaces workspaces-instances workspaces-web xray";

// OpenSSL 1.0 to 1.1 and LibreSSL print the first without a digest's name and the others by how the
// digest was asked for; OpenSSL 3 says SHA2-256.
constexpr std::string_view kLabels[] = {
    "(stdin)= ",
    "SHA256(stdin)= ",
    "SHA2-256(stdin)= ",
    "HMAC-SHA256(stdin)= ",
    "HMAC-SHA2-256(stdin)= ",
};

using std::chrono::sys_days;
using std::chrono::year;

constexpr sys_days kFirstDay = year(2006) / std::chrono::January / 1;
constexpr sys_days kLastDay = year(2035) / std::chrono::December / 31;
constexpr std::size_t kDayCount = (kLastDay - kFirstDay).count() + 1;
constexpr std::size_t kDateDigits = 8;
constexpr int kMostDaysOff = 3652;

using DayText = std::array<char, kDayCount * kDateDigits>;

/// All days one after the other, so that they need no string each.
constexpr DayText WriteDays() {
  DayText text = {};
  auto out = text.begin();
  for (sys_days day = kLastDay; day >= kFirstDay; day -= std::chrono::days(1)) {
    const std::chrono::year_month_day date(day);
    unsigned number = static_cast<unsigned>(static_cast<int>(date.year())) * 10000 +
                      static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day());
    for (std::size_t digit = kDateDigits; digit-- > 0; number /= 10) {
      out[digit] = static_cast<char>('0' + number % 10);
    }
    out += kDateDigits;
  }
  return text;
}

}  // namespace

std::span<const std::string_view> KnownRegions() { return kRegions; }

std::span<const std::string_view> KnownServices() {
  static const std::vector<std::string_view> services = [] {
    std::vector<std::string_view> names;
    for (std::size_t begin = 0; begin < kServices.size();) {
      const std::size_t end = std::min(kServices.find(' ', begin), kServices.size());
      names.push_back(kServices.substr(begin, end - begin));
      begin = end + 1;
    }
    return names;
  }();
  return services;
}

std::span<const std::string_view> Days() {
  static const DayText text = WriteDays();
  static const std::vector<std::string_view> days = [] {
    std::vector<std::string_view> views;
    views.reserve(kDayCount);
    for (std::size_t i = 0; i < text.size(); i += kDateDigits) {
      views.emplace_back(&text[i], kDateDigits);
    }
    return views;
  }();
  return days;
}

std::span<const std::string_view> DayDifferences() {
  static const std::vector<std::string> numbers = [] {
    std::vector<std::string> texts;
    for (int days = 1; days <= kMostDaysOff; ++days) {
      texts.push_back(std::to_string(-days));
      texts.push_back(std::to_string(days));
    }
    return texts;
  }();
  static const std::vector<std::string_view> views(numbers.begin(), numbers.end());
  return views;
}

std::span<const std::string_view> DigestLabels() { return kLabels; }

}  // namespace sigvet
